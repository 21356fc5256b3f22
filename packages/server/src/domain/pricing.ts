import type { TokenUse } from './token-use.ts';

/**
 * Where the cost of an event comes from: its sender, the price table, or prices that its project set. `unknown`: no
 * price is known of the model that used the tokens. Empty: nothing was used.
 */
export const costSources = ['sender', 'table', 'override', 'unknown'] as const;
export type CostSource = (typeof costSources)[number] | '';

/** What the price of a call depends on. */
export interface PricedUse {
  /** The requested model first, then the one that answered. */
  readonly models: readonly string[];
  /** Empty if not reported. */
  readonly provider: string;
  readonly tokens: TokenUse;
  /** Epoch milliseconds: prices change. */
  readonly startTime: number;
}

export interface Cost {
  /** US dollars; 0 if unknown. */
  readonly costUsd: number;
  readonly costSource: CostSource;
}

/** The cost of a call whose sender reports none. */
export type Pricer = (use: PricedUse) => Cost;

/** Prices nothing, for events whose cost is not computed. */
export const noPricer: Pricer = () => ({ costUsd: 0, costSource: '' });

/** The prices of each project. */
export interface Pricing {
  /** The bundled price table; null if costs are not computed. */
  readonly table: { readonly version: string; readonly date: string } | null;
  of(projectId: string): Promise<Pricer>;
  /** As read last; without the project's own prices if they were not read yet. */
  known(projectId: string): Pricer;
  /** Reads the project's own prices again the next time: they were changed here. */
  evict(projectId: string): void;
}

/** The price table is off: no cost is computed. */
export const noPricing: Pricing = {
  table: null,
  of: async () => noPricer,
  known: () => noPricer,
  evict: () => undefined,
};

/** Whether the service computed the cost, so that other prices change it. */
export const isComputed = (source: CostSource): boolean => source !== '' && source !== 'sender';
