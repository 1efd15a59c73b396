"""`python -m tasks.data.gold`: write every gold file anew, in the one form that reviews are taken into."""

import sys

from josi.errors import DataError
from tasks.data.gold.load import FOLDER, load_gold
from tasks.data.gold.write import write

if __name__ == "__main__":
    try:
        write(FOLDER, load_gold())
    except DataError as error:
        sys.exit(str(error))
