import type { AlertBody } from '../alerting/alert-words.ts';

type Details = NonNullable<AlertBody['notification_details']>;
type LevelDetails = NonNullable<Details[Level]>;

/** In the order of the form. */
export const levels = ['critical', 'warning', 'resolved'] as const;
export type Level = (typeof levels)[number];

export const channels = ['', 'WEBHOOK', 'SLACK', 'EMAIL'] as const;

/** Where one level of an alert is sent to, as it is typed. */
export interface ChannelDraft {
  /** Empty: nowhere. */
  readonly channel: (typeof channels)[number];
  /** A URL, or e-mail addresses. */
  readonly target: string;
}

export type ChannelDrafts = Readonly<Record<Level, ChannelDraft>>;

export const noChannel: ChannelDraft = { channel: '', target: '' };
export const noChannels: ChannelDrafts = {
  critical: noChannel,
  warning: noChannel,
  resolved: noChannel,
};

const urlNames = ['url', 'webhook_url'];
const addressNames = ['emails', 'email', 'addresses', 'to', 'recipients'];

export const toChannelDrafts = (details: Details): ChannelDrafts => ({
  critical: toChannel(details.critical),
  warning: toChannel(details.warning),
  resolved: toChannel(details.resolved),
});

function toChannel(details: LevelDetails | undefined): ChannelDraft {
  const { channel, metadata = {}, user_ids: users = [] } = details ?? {};
  if (channel === undefined) return noChannel;
  const names = channel === 'EMAIL' ? addressNames : urlNames;
  const name = names.find((one) => metadata[one] !== undefined);
  const value = name === undefined ? '' : metadata[name];
  const texts = [value, ...(channel === 'EMAIL' ? users : [])].flat().filter(isFilled);
  return { channel, target: texts.join(', ') };
}

const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== '';

export const isTargetMissing = ({ channel, target }: ChannelDraft): boolean =>
  channel !== '' && target.trim() === '';

/** Levels that say the same as before stay as they are, with what the form does not show. */
export function toDetails(drafts: ChannelDrafts, before: Details): Details {
  const old = toChannelDrafts(before);
  const entries = levels.flatMap((level): [Level, LevelDetails][] => {
    const { channel, target } = drafts[level];
    const isSame = channel === old[level].channel && target === old[level].target;
    const kept = before[level];
    if (isSame) return kept === undefined ? [] : [[level, kept]];
    return channel === '' ? [] : [[level, { channel, metadata: toMetadata(channel, target) }]];
  });
  return Object.fromEntries(entries);
}

const toMetadata = (channel: string, target: string): Record<string, unknown> =>
  channel === 'EMAIL'
    ? {
        emails: target
          .split(',')
          .map((one) => one.trim())
          .filter((one) => one !== ''),
      }
    : { url: target.trim() };
