"use strict";
// What a coach says is kept by the digest of the text that was seen: another text begins anew.
const KEY = "josi-gold-review";
const LONGEST = 80;
const SAID = { approve: "you approve", change: "you change", comment: "you comment" };
const $ = (id) => document.getElementById(id);
const cards = [...document.querySelectorAll(".card")].map((card) => ({
  card, name: card.dataset.name, key: card.dataset.name + " " + card.dataset.digest,
  text: card.querySelector("textarea"), note: card.querySelector(".note"),
  given: new Set(card.dataset.given.split(" ")), original: card.querySelector("textarea").defaultValue,
  words: card.textContent.toLowerCase(),
}));
let kept = read();

function read() {
  try { return Object.assign({ reviewer: "", said: {} }, JSON.parse(localStorage.getItem(KEY) || "{}")); }
  catch { return { reviewer: "", said: {} }; }
}

function keep() {
  try { localStorage.setItem(KEY, JSON.stringify(kept)); }
  catch { tell("This browser keeps nothing from one visit to the next: save your review before you close the page."); }
}

function tell(text) { $("notice").textContent = text; $("notice").hidden = !text; }

const plain = (text) => text.normalize("NFC").split(/\s+/).filter(Boolean).join(" ");
const isChanged = (one) => plain(one.text.value) !== plain(one.original);
const verdictOf = (one) => (kept.said[one.key] || {}).verdict || "";

function hints(one) {
  const said = one.text.value, found = [];
  const strange = (said.match(/\d+(?:[.,]\d+)?/g) || []).filter((n) => !one.given.has(String(Number(n.replace(",", ".")))));
  if (strange.length) found.push("not given: " + [...new Set(strange)].join(", "));
  if ((said.match(/\?+/g) || []).length > 1) found.push("more than one question");
  return found.join(" · ");
}

function paint(one) {
  const count = plain(one.text.value).split(" ").filter(Boolean).length, verdict = verdictOf(one);
  const words = one.card.querySelector(".words"), tag = one.card.querySelector(".tag.verdict");
  words.textContent = count + (count === 1 ? " word" : " words");
  words.classList.toggle("over", count > LONGEST);
  one.card.querySelector(".hints").textContent = hints(one);
  const clean = one.card.querySelector(".clean");
  if (clean) clean.hidden = isChanged(one);
  one.card.dataset.verdict = verdict;
  const undecided = isChanged(one) && verdict !== "change";
  tag.hidden = !(verdict || undecided);
  tag.textContent = undecided ? "edited: press Change" : SAID[verdict] || "";
  for (const button of one.card.querySelectorAll("button[data-verdict]")) {
    const mine = button.dataset.verdict;
    button.setAttribute("aria-pressed", String(mine !== "" && mine === verdict));
    button.disabled = (mine === "approve" && isChanged(one)) || (mine === "change" && (!isChanged(one) || !count))
      || (mine === "comment" && !plain(one.note.value)) || (mine === "" && !verdict && !isChanged(one));
  }
}

function edited(one) {
  const said = kept.said[one.key] || (kept.said[one.key] = { verdict: "" });
  said.answer = one.text.value;
  said.note = one.note.value;
  // A yes to other words, and a comment that was emptied, are none.
  if ((said.verdict === "approve" && isChanged(one)) || (said.verdict === "change" && !isChanged(one))
    || (said.verdict === "comment" && !plain(said.note))) said.verdict = "";
  if (!said.verdict && !isChanged(one) && !plain(said.note)) delete kept.said[one.key];
  keep(); paint(one); sum();
}

function say(one, verdict) {
  if (!verdict) { one.text.value = one.original; one.note.value = ""; }
  kept.said[one.key] = { verdict, answer: one.text.value, note: one.note.value };
  if (!verdict) delete kept.said[one.key];
  keep(); paint(one); sum(); tell("");
}

function sum() {
  const done = cards.filter(verdictOf).length;
  $("done").textContent = done;
  $("progress").value = done;
  $("save").disabled = !done;
}

function filter() {
  const wanted = { situation: $("situation").value, state: $("state").value, language: $("language").value };
  const mine = $("mine").value, find = $("find").value.trim().toLowerCase();
  let shown = 0;
  for (const one of cards) {
    const fits = Object.entries(wanted).every(([key, value]) => !value || one.card.dataset[key] === value)
      && (!mine || (mine === "said") === Boolean(verdictOf(one))) && (!find || one.words.includes(find));
    one.card.hidden = !fits;
    shown += fits;
  }
  $("shown").textContent = shown === cards.length ? "" : shown + " shown";
  $("nothing").hidden = shown > 0;
}

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
}

function save() {
  const reviewer = plain($("reviewer").value);
  if (!reviewer) { tell("Please fill in your name first."); $("reviewer").focus(); return; }
  const waiting = cards.filter((one) => isChanged(one) && !verdictOf(one));
  const edits = cards.filter(verdictOf).map((one) => {
    const verdict = verdictOf(one), edit = { name: one.name, of_text: one.card.dataset.digest, verdict };
    if (verdict === "change") edit.answer = plain(one.text.value);
    if (plain(one.note.value)) edit.note = plain(one.note.value);
    return edit;
  });
  const text = JSON.stringify({ josi_gold_review: 1, reviewer, date: today(), edits }, null, 1) + "\n";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = "gold-review-" + (reviewer.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "coach") + "-" + today() + ".json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  tell(waiting.length ? "Saved. Not in it, because nobody pressed Change: " + waiting.map((one) => one.name).join(", ") : "");
}

for (const one of cards) {
  const said = kept.said[one.key];
  if (said) { one.text.value = said.answer ?? one.original; one.note.value = said.note || ""; }
  one.text.addEventListener("input", () => edited(one));
  one.note.addEventListener("input", () => edited(one));
  for (const button of one.card.querySelectorAll("button[data-verdict]"))
    button.addEventListener("click", () => say(one, button.dataset.verdict));
  paint(one);
}
$("reviewer").value = kept.reviewer;
$("reviewer").addEventListener("input", () => { kept.reviewer = $("reviewer").value; keep(); tell(""); });
for (const id of ["situation", "state", "language", "mine"]) $(id).addEventListener("change", filter);
$("find").addEventListener("input", filter);
$("save").addEventListener("click", save);
sum();
filter();
