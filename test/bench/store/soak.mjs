// A while of mixed load: parts must stay few and memory flat.
import { setTimeout as delay } from 'node:timers/promises';
import { createDice } from '../random.mjs';
import { startLoad } from './live-load.mjs';
import { MiB } from './figures.mjs';
import { questions } from './questions.mjs';
import { readResident } from './served-set.mjs';

const sampleEveryMs = 5_000;
const idleMs = 30_000;

async function sample(served) {
  return {
    parts: await served.metric('honeyhive_store_parts'),
    residentBytes: await readResident(served.pid),
  };
}

/** One reader that asks everything in turn, with pauses as people make them. */
async function readOn(served, set, isOver) {
  const dice = createDice(9);
  let count = 0;
  while (!isOver()) {
    await served.ask(questions[count % questions.length].request(set, dice));
    count += 1;
    await delay(50);
  }
  return count;
}

/** Figures of that many minutes of writes at `eventsPerSecond`, and two readers. */
export async function soak(served, set, { minutes, eventsPerSecond, nowMs, say }) {
  const deadline = Date.now() + minutes * 60_000;
  const isOver = () => Date.now() >= deadline;
  const load = startLoad(served, { eventsPerSecond, nowMs, seed: 77 });
  const readers = [readOn(served, set, isOver), readOn(served, set, isOver)];
  const samples = [];
  while (!isOver()) {
    await delay(sampleEveryMs);
    samples.push(await sample(served));
    const { parts, residentBytes } = samples.at(-1);
    const left = Math.max(0, Math.round((deadline - Date.now()) / 1000));
    say(`soak: ${parts} parts, ${MiB(residentBytes)}, ${left} s left`);
  }
  const sent = await load.stop();
  const reads = (await Promise.all(readers)).reduce((sum, count) => sum + count, 0);
  await delay(idleMs);
  const idle = await sample(served);
  return {
    minutes,
    ...sent,
    reads,
    maxParts: Math.max(...samples.map(({ parts }) => parts)),
    maxResidentBytes: Math.max(...samples.map(({ residentBytes }) => residentBytes)),
    idleParts: idle.parts,
    idleResidentBytes: idle.residentBytes,
  };
}
