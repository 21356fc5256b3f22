import { stepsPerDoubling } from '../domain/explore-chart.ts';
import type { Handler } from '../calls/handler.ts';
import type { ExploreServices } from './explore-services.ts';
import { parseSelection } from './selection-input.ts';

const msOfStep = (step: number): number => 2 ** (step / stepsPerDoubling);

export const exploreDurations: Handler<'exploreDurations', ExploreServices> = async (
  call,
  services,
) => {
  const { duration_ms: durationMs = null, ...selection } = call.body;
  const rows = await parseSelection({ ...selection, scope: 'events' }, call.access, services);
  const spread = await services.events.explore.readDurations({ rows, durationMs }, call.signal);
  return {
    ...spread,
    bars: spread.bars.map(({ step, count }) => ({
      from_ms: msOfStep(step),
      to_ms: msOfStep(step + 1),
      count,
    })),
  };
};
