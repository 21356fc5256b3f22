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

/** The largest figure of each minute, the first one included, from samples that are `sampleEveryMs` apart. */
function toMinutes(samples) {
  const perMinute = 60_000 / sampleEveryMs;
  const minutes = [];
  for (let start = 0; start < samples.length; start += perMinute) {
    const minute = samples.slice(start, start + perMinute);
    minutes.push({
      parts: Math.max(...minute.map(({ parts }) => parts)),
      residentBytes: Math.max(...minute.map(({ residentBytes }) => residentBytes)),
    });
  }
  return minutes;
}

/** By how much a figure grows from one place of the list to the next: the line of least squares. */
function slopeOf(values) {
  const meanPlace = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [covariance, variance] = [0, 0];
  for (const [place, value] of values.entries()) {
    covariance += (place - meanPlace) * (value - mean);
    variance += (place - meanPlace) ** 2;
  }
  return variance === 0 ? 0 : covariance / variance;
}

/** The slope of the second half: what a process takes when it begins to work is no leak. */
const slopeOfRest = (minutes, figure) =>
  slopeOf(minutes.slice(Math.floor(minutes.length / 2)).map((minute) => minute[figure]));

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
  const perMinute = toMinutes(samples);
  return {
    minutes,
    perMinute,
    residentBytesPerMinute: slopeOfRest(perMinute, 'residentBytes'),
    partsPerMinute: slopeOfRest(perMinute, 'parts'),
    ...sent,
    reads,
    maxParts: Math.max(...samples.map(({ parts }) => parts)),
    maxResidentBytes: Math.max(...samples.map(({ residentBytes }) => residentBytes)),
    idleParts: idle.parts,
    idleResidentBytes: idle.residentBytes,
  };
}
