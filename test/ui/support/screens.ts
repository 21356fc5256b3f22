import type { Locator, Page } from 'playwright-core';
import { worldDay } from './world.ts';

/** A screen at an address: add a row, and all that holds for every screen is checked of it. */
export interface ScreenCase {
  readonly name: string;
  /** In the project of the world. */
  readonly path: string;
  /** What is there once it shows what it has to show. */
  readonly ready: (page: Page) => Locator;
  /** The part that its aria snapshot covers. Default: everything. */
  readonly aria?: (page: Page) => Locator;
}

const row = (name: RegExp) => (page: Page) => page.getByRole('row', { name }).first();
const heading = (name: string) => (page: Page) => page.getByRole('heading', { name, exact: true });
const text = (words: string) => (page: Page) => page.getByText(words).first();
/** What arrives below it are everybody's refused requests. */
const secondStep = (page: Page) => page.getByRole('main').getByRole('listitem').nth(1);
const differences = (page: Page) => page.getByRole('region', { name: 'event_name' });
const preview = (page: Page) =>
  page.getByRole('region', { name: 'Peek' }).getByText('Output', { exact: true }).first();

const alertForm = (page: Page) => page.getByRole('form');
const alertHistory = (page: Page) => page.getByRole('region', { name: 'History' });

const last = 'session-00023';
const model = `/sessions/${last}?v=tree&e=${last}-model`;

/** Every screen, in each way that its address can show it. */
export const screens: readonly ScreenCase[] = [
  { name: 'sessions', path: `/sessions?${worldDay}`, ready: row(/support-chat/) },
  { name: 'search', path: `/sessions?${worldDay}&q=company`, ready: row(/support-chat/) },
  { name: 'preview', path: `/sessions?${worldDay}&peek=${last}`, ready: preview },
  { name: 'facets', path: `/sessions?${worldDay}&f=1`, ready: text('production') },
  { name: 'model calls', path: `/events?${worldDay}&k=models`, ready: row(/answer/) },
  { name: 'events', path: `/events?${worldDay}`, ready: row(/search_docs/) },
  { name: 'groups', path: `/events?${worldDay}&g=event_name`, ready: text('search_docs') },
  { name: 'differences', path: `/events?${worldDay}&d=errors`, ready: differences },
  { name: 'live', path: '/events?live=1', ready: heading('Waiting for the first event') },
  { name: 'session', path: `/sessions/${last}?v=tree`, ready: row(/search_docs/) },
  { name: 'event', path: model, ready: text('Your company signs in') },
  { name: 'event metadata', path: `${model}&tab=meta`, ready: text('prompt_tokens') },
  { name: 'event raw', path: `${model}&tab=raw`, ready: text('The whole event') },
  { name: 'thread', path: '/sessions/conversation', ready: text('It arrives') },
  { name: 'compare', path: `/compare?a=session-00021&b=${last}`, ready: row(/search_docs/) },
  { name: 'compare what', path: `/compare?b=${last}`, ready: heading('Choose two sessions') },
  { name: 'charts', path: `/charts?${worldDay}`, ready: text('claude-sonnet-4') },
  { name: 'alerts', path: '/alerts', ready: row(/Slow answers/) },
  { name: 'new alert', path: '/alerts/new?n=slow', ready: alertForm, aria: alertForm },
  { name: 'edit alert', path: '/alerts/world-latency/edit', ready: alertForm, aria: alertForm },
  {
    name: 'alert',
    path: '/alerts/world-latency',
    ready: text('never changed'),
    aria: alertHistory,
  },
  { name: 'deliveries', path: '/alerts/deliveries', ready: text('Nothing was sent yet') },
  { name: 'destinations', path: '/alerts/destinations', ready: row(/desk/) },
  { name: 'general', path: '/settings/general', ready: text('Project id') },
  { name: 'sampling', path: '/settings/sampling', ready: text('Sessions to keep') },
  { name: 'retention', path: '/settings/retention', ready: text('Keep indefinitely') },
  { name: 'prices', path: '/settings/prices', ready: text('Prices of this project') },
  { name: 'keys', path: '/settings/keys', ready: text('You signed in with it') },
  { name: 'about', path: '/settings/about', ready: text('Version') },
  { name: 'send data', path: '/start', ready: text('Listening.'), aria: secondStep },
  { name: 'no such session', path: '/sessions/nowhere', ready: heading('No such session') },
  { name: 'no such screen', path: '/nowhere', ready: heading('There is nothing at this URL') },
];
