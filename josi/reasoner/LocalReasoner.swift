// The reasoner's engine, for apps: the same as engine.py beside it. schemas/reasoner_vectors.json holds both to the same
// answers. Copy it into the app, put the two marker lines at the top level of a file of yours, let `josi reasoner train`
// write between them, and in that same file (the constant is private to it):
//
//     let reasoner = try LocalReasoner(json: defaultLocalReasoningModelJSON)
//     let answer = reasoner.answer("my deploy is broken")

import Foundation

/// The model as it stands between the marker lines. Rows of `logLikelihoods` go by `vocabulary`.
struct LocalReasonerModel: Decodable {
    let schemaVersion: Int
    let modelName: String
    let trainedAtUTC: String
    let sampleCount: Int
    let labels: [String]
    let vocabulary: [String]
    let logPriors: [String: Double]
    let logLikelihoods: [String: [Double]]
    let nextActions: [String: String]
    let labelBriefs: [String: String]
    let keywordHints: [String: [String]]
    let keywordBonus: Double

    enum CodingKeys: String, CodingKey {
        case schemaVersion = "schema_version"
        case modelName = "model_name"
        case trainedAtUTC = "trained_at_utc"
        case sampleCount = "sample_count"
        case labels
        case vocabulary
        case logPriors = "log_priors"
        case logLikelihoods = "log_likelihoods"
        case nextActions = "next_actions"
        case labelBriefs = "label_briefs"
        case keywordHints = "keyword_hints"
        case keywordBonus = "keyword_bonus"
    }
}

enum LocalReasonerError: Error {
    case unknownSchemaVersion(Int)
    case incomplete(String)
}

struct LocalReasonerAnswer {
    let label: String
    /// Softmax of the scores, at most 0.995.
    let confidence: Double
    let nextAction: String
    let labelBrief: String
    let scores: [String: Double]
}

struct LocalReasoner {
    static let cap = 0.995
    static let shortestToken = 2

    let model: LocalReasonerModel
    private let place: [String: Int]

    init(json: String) throws {
        try self.init(model: JSONDecoder().decode(LocalReasonerModel.self, from: Data(json.utf8)))
    }

    init(model: LocalReasonerModel) throws {
        guard model.schemaVersion == 1 else {
            throw LocalReasonerError.unknownSchemaVersion(model.schemaVersion)
        }
        guard !model.labels.isEmpty else {
            throw LocalReasonerError.incomplete("labels")
        }
        for label in model.labels {
            guard model.logPriors[label] != nil, model.logLikelihoods[label]?.count == model.vocabulary.count else {
                throw LocalReasonerError.incomplete(label)
            }
        }
        self.model = model
        var place: [String: Int] = [:]
        for (index, token) in model.vocabulary.enumerated() {
            place[token] = index
        }
        self.place = place
    }

    /// Words of two scalars or more, then each pair of neighbours among them, joined by "_".
    ///
    /// Works on Unicode scalars throughout: each is lower-cased by itself, so no locale and no final sigma interferes,
    /// and whatever is then neither a letter (L*) nor a decimal digit (Nd) parts words, a combining mark too. Words are
    /// in NFC; Swift would take canonically equivalent keys for the same anyway.
    static func tokens(_ text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        func endWord() {
            if word.count >= shortestToken {
                words.append(String(word).precomposedStringWithCanonicalMapping)
            }
            word = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            for lowered in scalar.properties.lowercaseMapping.unicodeScalars {
                if isLetterOrDigit(lowered) {
                    word.append(lowered)
                } else {
                    endWord()
                }
            }
        }
        endWord()
        let pairs = zip(words, words.dropFirst()).map { first, second in first + "_" + second }
        return words + pairs
    }

    /// score(label) = log prior + sum of count(token) * log likelihood + keyword bonus * matches of keyword hints
    func scores(_ text: String) -> [String: Double] {
        var counts: [String: Int] = [:]
        for token in Self.tokens(text) {
            counts[token, default: 0] += 1
        }
        var found: [String: Double] = [:]
        for label in model.labels {
            let row = model.logLikelihoods[label] ?? []
            var score = model.logPriors[label] ?? 0
            for (token, count) in counts {
                if let index = place[token] {
                    score += Double(count) * row[index]
                }
            }
            let hints = Set(model.keywordHints[label] ?? [])
            let matches = hints.filter { hint in counts[hint] != nil }.count
            found[label] = score + model.keywordBonus * Double(matches)
        }
        return found
    }

    /// The best label; of equal ones the first in the model.
    func answer(_ text: String) -> LocalReasonerAnswer {
        let scores = self.scores(text)
        var best = model.labels[0]
        for label in model.labels where (scores[label] ?? 0) > (scores[best] ?? 0) {
            best = label
        }
        let top = scores[best] ?? 0
        let total = model.labels.reduce(0.0) { sum, label in sum + exp((scores[label] ?? 0) - top) }
        return LocalReasonerAnswer(
            label: best,
            confidence: min(Self.cap, 1 / total),
            nextAction: model.nextActions[best] ?? "",
            labelBrief: model.labelBriefs[best] ?? "",
            scores: scores
        )
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
            return true
        default:
            return false
        }
    }
}
