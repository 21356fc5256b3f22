// Figures of one run: each with its goal, and with what the machine could do at best, measured in the same run.

const isMet = ({ figure, goal, isAtLeast }) => (isAtLeast ? figure >= goal : figure <= goal);

/** Collects figures and wrong results; prints each figure as it arrives. */
export function createFigures(tell) {
  const rows = [];
  const wrong = [];
  let checkCount = 0;
  return {
    rows,
    wrong,
    /** @param row `name`, `figure`, `goal` or null, `floor` or none, `unit`, `note` */
    add(row) {
      const known = { unit: 'ms', goal: null, floor: null, isAtLeast: false, ...row };
      const judged = {
        ...known,
        isMet: known.goal === null ? null : isMet(known),
        ratio: known.floor ? known.figure / known.floor : null,
      };
      rows.push(judged);
      tell(judged);
    },
    /** How many answers were looked at. */
    checked: () => checkCount,
    /** Says so when what was read is not what is right. */
    check(name, found, expected) {
      checkCount += 1;
      if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push({ name, found, expected });
    },
  };
}

export const median = (numbers) => quantile(numbers, 0.5);

export function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Repeats a measurement; its results, in order. */
export async function repeat(count, measure) {
  const results = [];
  for (let round = 0; round < count; round += 1) results.push(await measure(round));
  return results;
}
