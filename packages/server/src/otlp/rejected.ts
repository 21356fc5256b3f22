import type { Issue } from 'honeyhive-wire';

/** Reasons that one answer names. */
const maxReasons = 5;

/** How many items of a request were not stored, and why: the reasons with their numbers and the first place of each. */
export function describeRejected(issues: readonly Issue[], total: string): string {
  const reasons = new Map<string, Issue[]>();
  for (const issue of issues) {
    const known = reasons.get(issue.message);
    if (known) known.push(issue);
    else reasons.set(issue.message, [issue]);
  }
  const named = [...reasons].slice(0, maxReasons).map(([message, same]) => {
    return `${same.length}: ${message} (${same[0]?.field})`;
  });
  const more = reasons.size - named.length;
  const rest = more > 0 ? ` and ${more} more reasons` : '';
  return `${issues.length} of ${total} were not stored. ${named.join('; ')}${rest}`;
}
