import type { SampleRandom } from './sample-random.ts';

/** An event as it is sent; complete, with ids and times. */
export interface SampleEvent {
  readonly event_id: string;
  readonly session_id: string;
  readonly parent_id?: string;
  readonly event_type: 'session' | 'model' | 'tool' | 'chain';
  readonly event_name: string;
  readonly start_time: number;
  readonly end_time: number;
  readonly [field: string]: unknown;
}

/** US dollars for a million tokens in, and out. */
const prices = {
  'gpt-5': [1.25, 10],
  'gpt-5-mini': [0.25, 2],
  'claude-sonnet-4-5': [3, 15],
  'gemini-2.5-flash': [0.3, 2.5],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

export type SampleModel = keyof typeof prices;

/** What a step is, beside its times and ids. */
export interface SampleStep {
  readonly name: string;
  /** Milliseconds, as long as it usually takes. */
  readonly ms: number;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly error?: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Writes down the events of one session as they happen, on its own clock. */
export class SampleRecorder {
  readonly random: SampleRandom;
  readonly sessionId: string;
  /** True during an hour in which things went wrong: slower, and with more errors. */
  readonly isTroubled: boolean;
  readonly #start: number;
  readonly #events: SampleEvent[] = [];
  #parentId: string;
  #at: number;

  constructor(random: SampleRandom, { start, isTroubled }: { start: number; isTroubled: boolean }) {
    this.random = random;
    this.isTroubled = isTroubled;
    this.sessionId = random.id();
    this.#parentId = this.sessionId;
    this.#start = start;
    this.#at = start + random.between(2, 30);
  }

  /** Nobody does anything for so long, such as a person who thinks. */
  wait(ms: number): void {
    this.#at += ms;
  }

  tool(step: SampleStep): void {
    this.#record('tool', step);
  }

  /** A call of a model; tokens are counted from the texts, four characters each. */
  model(model: SampleModel, provider: string, step: SampleStep): void {
    const prompt = tokensOf(step.inputs) + this.random.between(20, 200);
    const completion = step.error === undefined ? tokensOf(step.outputs) : 0;
    const [inPrice, outPrice] = prices[model];
    const cost = (prompt * inPrice + completion * outPrice) / 1e6;
    this.#record('model', {
      ...step,
      more: {
        config: { model, provider, temperature: 0.2 },
        ...step.more,
        metadata: {
          prompt_tokens: prompt,
          completion_tokens: completion,
          total_tokens: prompt + completion,
          cost: Number(cost.toFixed(8)),
          ...(step.error === undefined ? { finish_reason: 'stop' } : {}),
        },
      },
    });
  }

  /** A step around the steps that `inside` takes. */
  chain(step: Omit<SampleStep, 'ms'>, inside: () => void): void {
    const [parentId, start, eventId] = [this.#parentId, this.#at, this.random.id()];
    this.#parentId = eventId;
    this.wait(this.random.between(1, 5));
    inside();
    this.wait(this.random.between(1, 5));
    this.#parentId = parentId;
    this.#push('chain', step, { eventId, start });
  }

  /** The session with its root first. */
  finish(step: Omit<SampleStep, 'ms'>): readonly SampleEvent[] {
    const root = this.#toEvent('session', step, { eventId: this.sessionId, start: this.#start });
    return [root, ...this.#events];
  }

  #record(type: 'model' | 'tool', step: SampleStep): void {
    const start = this.#at;
    const slowness = (0.5 + this.random.next() ** 3 * 3) * (this.isTroubled ? 2.5 : 1);
    this.wait(Math.max(1, Math.round(step.ms * slowness)));
    this.#push(type, step, { eventId: this.random.id(), start });
    this.wait(this.random.between(1, 8));
  }

  #push(
    type: SampleEvent['event_type'],
    step: Omit<SampleStep, 'ms'>,
    place: { eventId: string; start: number },
  ): void {
    this.#events.push({ ...this.#toEvent(type, step, place), parent_id: this.#parentId });
  }

  #toEvent(
    type: SampleEvent['event_type'],
    step: Omit<SampleStep, 'ms'>,
    { eventId, start }: { eventId: string; start: number },
  ): SampleEvent {
    return {
      event_id: eventId,
      session_id: this.sessionId,
      event_type: type,
      event_name: step.name,
      start_time: start,
      end_time: this.#at,
      inputs: step.inputs,
      ...(step.outputs === undefined ? {} : { outputs: step.outputs }),
      ...(step.error === undefined ? {} : { error: step.error }),
      ...step.more,
    };
  }
}

const tokensOf = (value: unknown): number =>
  value === undefined ? 0 : Math.ceil(JSON.stringify(value).length / 4);
