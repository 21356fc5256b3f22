import type { Issue } from 'honeyhive-wire';
import type { Access } from '../calls/access.ts';
import { storeBatch } from '../events/batch.ts';
import type { BatchServices } from '../events/batch.ts';
import type { MarkSources } from '../ingest/read-marks.ts';
import { mapInTurns } from '../map-in-turns.ts';
import { toEvent } from './span-event.ts';
import { placeSpans } from './span-sessions.ts';
import type { Span } from './span.ts';

/** A span that can be stored, and where it stood in the request. */
export interface GoodSpan {
  readonly span: Span;
  readonly at: string;
}

export type SpanServices = BatchServices & MarkSources;

/** @returns what is wrong with the spans that were not stored, one for each, and with the times of others */
export async function storeSpans(
  caller: { readonly access: Access; readonly bodyBytes: number },
  services: SpanServices,
  spans: readonly GoodSpan[],
): Promise<{ issues: Issue[]; warnings: Issue[] }> {
  const places = await placeSpans(
    caller.access,
    services,
    spans.map(({ span }) => span),
  );
  const { errors, warnings = [] } = await storeBatch(caller, services, {
    items: await mapInTurns(places, ({ span, sessionId }) => toEvent(span, sessionId)),
    at: 'spans',
    spans: places.map(({ ofTrace }) => ofTrace),
  });
  const ofSpan = ({ index = -1, message }: { index?: number | undefined; message: string }) => {
    const span = spans[index];
    return span === undefined ? [] : [{ field: span.at, message }];
  };
  return { issues: errors.flatMap(ofSpan), warnings: warnings.flatMap(ofSpan) };
}
