/**
 * What the page may read as markdown itself between two turns of its event loop. Reading takes at worst the square of
 * the length: 2,000 characters of nothing but asterisks take 20 to 35 ms, and a budget of squares bounds many short
 * texts too.
 */
const squaresPerTurn = 2000 ** 2;

/** Grants the reading of short texts on the page. */
export class ReadBudget {
  #left = squaresPerTurn;
  readonly #nextTurn: (run: () => void) => void;

  constructor(nextTurn: (run: () => void) => void) {
    this.#nextTurn = nextTurn;
  }

  /** Whether a text of this length may be read now; it counts if so. */
  grant(length: number): boolean {
    const squares = length ** 2;
    if (squares > this.#left) return false;
    if (this.#left === squaresPerTurn) {
      this.#nextTurn(() => {
        this.#left = squaresPerTurn;
      });
    }
    this.#left -= squares;
    return true;
  }
}
