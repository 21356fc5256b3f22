import { formatCost } from '../format/cost.ts';
import { formatTokens } from '../format/tokens.ts';
import { detailText } from '../text/detail.ts';
import type { UsageDetail } from './event-detail.ts';
import type { EventHead } from './event-head.ts';

/** What an event used, in a few words each: tokens in and out, those of them that are special, cost. */
export function toUsageWords(head: EventHead, usage: UsageDetail | null): string[] {
  const words = [
    tokenWords(head, usage),
    special(usage?.cachedTokens, detailText.extraTokens.cached),
    special(usage?.reasoningTokens, detailText.extraTokens.reasoning),
    costWords(head),
  ];
  return words.filter((word) => word !== null);
}

function costWords({ costUsd, costSource }: EventHead): string | null {
  if (costSource === 'unknown') return detailText.noPrice;
  if (costUsd === null) return null;
  const isComputed = costSource === 'table' || costSource === 'override';
  return isComputed ? detailText.computed[costSource](formatCost(costUsd)) : formatCost(costUsd);
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
