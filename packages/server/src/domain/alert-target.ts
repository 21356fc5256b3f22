/** Where a notification goes to, with its secrets; stored sealed. */
export type AlertTarget =
  | {
      readonly kind: 'webhook';
      readonly url: string;
      /** `whsec_…`, of Standard Webhooks. */
      readonly secret: string;
      /** The secret before, which signs as well until then, epoch milliseconds. */
      readonly previous?: { readonly secret: string; readonly until: number };
    }
  | { readonly kind: 'slack'; readonly url: string }
  | { readonly kind: 'email'; readonly addresses: readonly string[] };

export const targetKinds = ['webhook', 'slack', 'email'] as const;

export type TargetKind = (typeof targetKinds)[number];
