import { createSampleRandom } from './sample-random.ts';
import type { SampleRandom } from './sample-random.ts';
import { SampleRecorder } from './sample-recorder.ts';
import type { SampleEvent } from './sample-recorder.ts';
import { users } from './sample-texts.ts';
import { chooseScenario } from './scenarios.ts';
import type { Outcome } from './scenarios.ts';

export type { SampleEvent };

const dayMs = 86_400_000;
const hourMs = 3_600_000;

export interface SampleOptions {
  /** How many sessions. */
  readonly count: number;
  /** The same seed and instant give the same sessions. @default '1' */
  readonly seed?: string;
  /** When the latest ended, about; epoch milliseconds. */
  readonly now: number;
  /** Over how many days before that they are spread. @default 7 */
  readonly days?: number;
}

/**
 * Sessions of a shop's assistant as they would come in over some days: more by day than by night, two hours in which
 * things went wrong, and one release. Each is a list of events with its root first; every hundredth has more than
 * 2,000 events, and every hundredth is large.
 */
export function* makeSampleSessions(options: SampleOptions): Generator<readonly SampleEvent[]> {
  const { count, seed = '1', now, days = 7 } = options;
  const hour = Math.floor(now / hourMs);
  const trouble = (hour - Math.min(30, days * 12)) * hourMs;
  for (let index = 0; index < count; index += 1) {
    const random = createSampleRandom(`${seed}:${hour}:${index}`);
    const start = Math.floor(chooseStart(random, { now, days }));
    const isTroubled = start >= trouble && start < trouble + 2 * hourMs;
    const recorder = new SampleRecorder(random, { start, isTroubled });
    const outcome = chooseScenario(index, recorder)(recorder);
    yield recorder.finish(toRoot(outcome, random, { start, released: now - (days * dayMs) / 3 }));
  }
}

/** Half an hour before now at the latest, so that all have ended; the nights are quiet. */
function chooseStart(random: SampleRandom, { now, days }: { now: number; days: number }): number {
  for (;;) {
    const start = now - hourMs / 2 - random.next() * days * dayMs;
    const hour = Math.floor(start / hourMs) % 24;
    if (random.chance(hour >= 7 && hour < 20 ? 1 : 0.25)) return start;
  }
}

function toRoot(outcome: Outcome, random: SampleRandom, at: { start: number; released: number }) {
  const user = random.pick(users);
  const feedback = chooseFeedback(random, outcome);
  return {
    name: outcome.name,
    inputs: { question: outcome.question },
    outputs: outcome.answer === '' ? {} : { answer: outcome.answer },
    ...(outcome.error === undefined ? {} : { error: outcome.error }),
    more: {
      source: random.pick(['production', 'production', 'production', 'staging', 'dev']),
      user_properties: {
        user_id: user,
        plan: user < 'f' ? 'plus' : 'free',
        country: random.pick(['DE', 'FR', 'TW', 'US']),
      },
      metadata: {
        app_version: at.start < at.released ? '2.3.0' : '2.4.0',
        region: random.pick(['eu-west', 'us-east']),
      },
      ...(feedback === null ? {} : { feedback }),
    },
  };
}

function chooseFeedback(random: SampleRandom, { error }: Outcome): Record<string, unknown> | null {
  if (random.chance(error === undefined ? 0.7 : 0.4)) return null;
  if (error !== undefined || random.chance(0.2))
    return { rating: false, comment: 'That did not answer my question.' };
  return random.pick<Record<string, unknown>>([
    { rating: true },
    { rating: true, comment: 'Quick and friendly' },
    { score: 4 },
    { comment: 'Please be shorter.' },
  ]);
}
