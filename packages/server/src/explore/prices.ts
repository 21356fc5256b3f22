import { limits, modelPrices } from 'honeyhive-wire';
import type { Handler } from '../calls/handler.ts';
import type { ExploreServices } from './explore-services.ts';

const defaultDays = 30;

export const explorePrices: Handler<'explorePrices', ExploreServices> = async (
  call,
  { events, clock, metadata, pricing },
) => {
  const { project, from = clock.now() - defaultDays * 86_400_000 } = call.body;
  const { id: projectId } = await call.access.forList(project);
  const [{ settings }, unknown] = await Promise.all([
    metadata.readSettings(projectId),
    events.explore.readUnpriced(
      { projectId, fromMs: from, limit: limits.pageOfModels },
      call.signal,
    ),
  ]);
  return {
    table: pricing.table,
    overrides: modelPrices.catch([]).parse(settings['prices'] ?? []),
    unknown: {
      events: unknown.eventCount,
      models: unknown.models.map(({ model, eventCount, totalTokens, lastTime }) => ({
        model,
        events: eventCount,
        total_tokens: totalTokens,
        last_time: lastTime,
      })),
    },
  };
};
