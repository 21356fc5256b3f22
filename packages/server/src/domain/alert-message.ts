/** What a notification says. All of it is the body of a webhook; other ways take their texts from it. */
export interface AlertMessage {
  /** `alert.test` for the test of a destination. */
  readonly type:
    | 'alert.triggered'
    | 'alert.warning'
    | 'alert.resolved'
    | 'alert.no_data'
    | 'alert.reminder'
    | 'alert.test';
  /** ISO-8601: the end of the evaluated window. */
  readonly timestamp: string;
  readonly data: {
    readonly project_id: string;
    /** null: it was deleted. */
    readonly project: string | null;
    /** As it was when it fired; null for a test. */
    readonly alert: Readonly<Record<string, unknown>> | null;
    readonly alert_id: string | null;
    /** Value of `group_by`; null without grouping. */
    readonly group: string | null;
    readonly status: 'ok' | 'warning' | 'critical' | 'no_data';
    /** With LOOP: the limit that the session is at; else null. */
    readonly reason: 'repeats' | 'steps' | 'minutes' | 'cost_usd' | null;
    readonly value: number | null;
    readonly threshold: number | null;
    /** ISO-8601. */
    readonly window_start: string;
    readonly window_end: string;
    /** The alert in the web UI; null unless `HH_PUBLIC_URL` says where that is. */
    readonly url: string | null;
  };
}

const titles: Readonly<Record<AlertMessage['type'], string>> = {
  'alert.triggered': 'Triggered',
  'alert.warning': 'Warning',
  'alert.resolved': 'Resolved',
  'alert.no_data': 'No data',
  'alert.reminder': 'Still triggered',
  'alert.test': 'Test',
};

const reasons: Readonly<Record<NonNullable<AlertMessage['data']['reason']>, string>> = {
  repeats: 'the same tool call, repeated',
  steps: 'events of the session',
  minutes: 'minutes of the session',
  cost_usd: 'cost of the session in US dollars',
};

/** Text of one line, cut. */
const toLine = (text: string, maxChars: number): string => {
  const line = text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  return line.length <= maxChars ? line : `${line.slice(0, maxChars - 1)}…`;
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** One line for a subject. */
export function titleOf({ type, data }: AlertMessage): string {
  const name = type === 'alert.test' ? 'Notifications arrive here' : textOf(data.alert?.['name']);
  const group = data.group === null ? '' : ` (${data.group})`;
  const project = data.project === null ? '' : ` - ${data.project}`;
  return toLine(`[${titles[type]}] ${name}${group}${project}`, 200);
}

/** What there is to know beside the title: lines of name and value. */
export function factsOf({ type, data }: AlertMessage): readonly (readonly [string, string])[] {
  if (type === 'alert.test') return [['Sent', 'to test this destination']];
  const description = toLine(textOf(data.alert?.['description']), 500);
  return [
    ...(description === '' ? [] : [['Description', description] as const]),
    ...(data.reason === null ? [] : [['Limit', reasons[data.reason]] as const]),
    ['Value', data.value === null ? 'no data' : formatNumber(data.value)],
    ...(data.threshold === null ? [] : [['Threshold', formatNumber(data.threshold)] as const]),
    ...(data.group === null ? [] : [['Group', toLine(data.group, 500)] as const]),
    ['Window', `${data.window_start} to ${data.window_end}`],
  ];
}

/** At most six significant digits. */
const formatNumber = (value: number): string => String(Number(value.toPrecision(6)));
