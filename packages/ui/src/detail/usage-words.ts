import { formatCost } from '../format/cost.ts';
import { formatTokens } from '../format/tokens.ts';
import { detailText } from '../text/detail.ts';
import type { CostDetail, UsageDetail } from './event-detail.ts';
import type { EventHead } from './event-head.ts';

/** What an event used, in a few words each: tokens in and out, those of them that are special, cost. */
export function toUsageWords(
  head: EventHead,
  usage: UsageDetail | null,
  cost: CostDetail | null = null,
): string[] {
  const words = [
    tokenWords(head, usage),
    special(usage?.cachedTokens, detailText.extraTokens.cached),
    special(usage?.reasoningTokens, detailText.extraTokens.reasoning),
    costWords(head, cost),
  ];
  return words.filter((word) => word !== null);
}

function costWords(head: EventHead, detail: CostDetail | null): string | null {
  const source = head.costSource ?? detail?.source ?? null;
  if (source === 'unknown') return detailText.noPrice;
  if (head.costUsd === null) return null;
  const cost = formatCost(head.costUsd);
  switch (source) {
    case 'sender':
      return detailText.sentCost(cost);
    case 'table':
      return detailText.tableCost(cost, detail?.priceDate ?? null);
    case 'override':
      return detailText.projectCost(cost);
    default:
      return cost;
  }
}

function tokenWords(head: EventHead, usage: UsageDetail | null): string | null {
  const prompt = head.promptTokens ?? usage?.promptTokens ?? null;
  const completion = head.completionTokens ?? usage?.completionTokens ?? null;
  if (prompt !== null && completion !== null) {
    return detailText.tokens(formatTokens(prompt), formatTokens(completion));
  }
  return head.totalTokens === null ? null : detailText.totalTokens(formatTokens(head.totalTokens));
}

const special = (count: number | null | undefined, name: string): string | null =>
  count ? `${formatTokens(count)} ${name}` : null;
