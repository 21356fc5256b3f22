import { Scale } from 'lucide-react';
import { Button } from '../kit/button.tsx';
import { flagParam } from '../state/query-param.ts';
import { useQueryState } from '../state/use-query-state.ts';
import { chartsText } from '../text/charts.ts';

/** In the address. */
export const estimateName = 'est';

/** Scales counts and sums from what sampling kept to what was sent, or no longer. */
export function EstimateToggle() {
  const [isEstimated, setEstimated] = useQueryState(estimateName, flagParam);
  return (
    <Button
      icon={<Scale aria-hidden />}
      aria-pressed={isEstimated}
      title={chartsText.estimateHint}
      onClick={() => setEstimated(!isEstimated)}
    >
      {chartsText.estimate}
    </Button>
  );
}
