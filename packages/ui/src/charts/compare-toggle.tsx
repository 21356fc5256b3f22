import { History } from 'lucide-react';
import { Button } from '../kit/button.tsx';
import { flagParam } from '../state/query-param.ts';
import { useQueryState } from '../state/use-query-state.ts';
import { chartsText } from '../text/charts.ts';

/** In the address. */
export const compareName = 'vs';

/** Draws the period before beside each chart, or no longer. */
export function CompareToggle() {
  const [isCompared, setCompared] = useQueryState(compareName, flagParam);
  return (
    <Button
      icon={<History aria-hidden />}
      aria-pressed={isCompared}
      title={chartsText.compareHint}
      onClick={() => setCompared(!isCompared)}
    >
      {chartsText.compare}
    </Button>
  );
}
