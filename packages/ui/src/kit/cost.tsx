import { formatCost } from '../format/cost.ts';
import { kitText } from '../text/kit.ts';

export interface CostProps {
  /** US dollars; null: nothing is known. */
  readonly usd: number | null;
  /** Events that `usd` lacks. */
  readonly unknownCount: number;
}

/** What something cost. A sum that lacks events says so: it is not zero and not all. */
export function Cost({ usd, unknownCount }: CostProps) {
  if (unknownCount === 0) return usd === null ? null : <span>{formatCost(usd)}</span>;
  return (
    <span title={kitText.unknownCosts(unknownCount)}>
      {usd === null ? kitText.unknownCost : kitText.atLeast(formatCost(usd))}
    </span>
  );
}
