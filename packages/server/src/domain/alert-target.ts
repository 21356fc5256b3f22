/** Where a notification goes to, with its secrets; stored sealed. */
export type AlertTarget =
  | {
      readonly kind: 'webhook';
      readonly url: string;
      /** `whsec_…`, of Standard Webhooks. */
      readonly secret: string;
    }
  | { readonly kind: 'slack'; readonly url: string }
  | { readonly kind: 'email'; readonly addresses: readonly string[] };

export const targetKinds = ['webhook', 'slack', 'email'] as const;

export type TargetKind = (typeof targetKinds)[number];
