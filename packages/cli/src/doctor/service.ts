import type { HoneyHive } from 'honeyhive';
import { callService } from '../api-client.ts';
import type { ApiSettings } from '../api-settings.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure, messageOf } from '../failure.ts';
import type { Finding } from './finding.ts';
import { findListener } from './port.ts';

const check = 'service';

/** Stores a session with one event, reads the event back, deletes both. */
async function writeAndRead(client: HoneyHive): Promise<boolean> {
  const { session_id } = await client.createSession({
    session_name: 'honeyhive doctor',
    source: 'doctor',
  });
  const inputs = { text: 'ça va, 你好', list: [1, null, {}] };
  const { event_id } = await client.createEvent({
    session_id,
    event_type: 'tool',
    event_name: 'probe',
    inputs,
  });
  const event = await client.getEvent(event_id);
  await client.request('DELETE', `/v1/sessions/${encodeURIComponent(session_id)}`);
  return JSON.stringify(event.inputs) === JSON.stringify(inputs);
}

async function tryService(settings: ApiSettings, version: string): Promise<Finding> {
  const at = `honeyhive ${version} at ${settings.url}`;
  try {
    const isBack = await callService(settings, writeAndRead);
    return isBack
      ? { check, state: 'ok', text: `${at}: an event was stored, came back and was deleted` }
      : { check, state: 'failed', text: `${at}: an event came back differently` };
  } catch (error) {
    const isRefused = error instanceof Failure && error.exitCode === exitCodes.notPermitted.code;
    const nextStep = error instanceof Failure ? error.nextStep : null;
    return {
      check,
      state: isRefused ? 'warning' : 'failed',
      text: `${at}: ${messageOf(error)}`,
      ...(nextStep === null ? {} : { nextStep }),
    };
  }
}

/** Whether the service that the environment names stores an event and gives it back. */
export async function checkService(settings: ApiSettings): Promise<Finding> {
  const listener = await findListener(settings.url);
  if (listener.kind === 'ours') {
    if (settings.key !== null) return tryService(settings, listener.version);
    const text = `honeyhive ${listener.version} at ${settings.url}: HH_API_KEY is not set, so nothing was written`;
    return { check, state: 'skipped', text };
  }
  // Nobody said that there is one.
  const isExpected = settings.origins.url === 'environment';
  if (!isExpected && listener.kind === 'nothing') {
    return { check, state: 'skipped', text: `none runs at ${settings.url}` };
  }
  return {
    check,
    state: isExpected ? 'failed' : 'skipped',
    text:
      listener.kind === 'nothing'
        ? `nothing answers at ${settings.url}`
        : `${settings.url} is another program`,
    nextStep: 'Start the service with `honeyhive serve`, or correct HH_API_URL.',
  };
}
