import type { OperationId } from 'honeyhive-wire';
import * as alerts from './alerts/handlers.ts';
import * as audit from './audit/handlers.ts';
import * as auth from './auth/handlers.ts';
import type { Handler } from './calls/handler.ts';
import * as deliveries from './deliveries/handlers.ts';
import * as destinations from './destinations/handlers.ts';
import * as events from './events/handlers.ts';
import * as explore from './explore/handlers.ts';
import type { ExploreServices } from './explore/explore-services.ts';
import * as health from './health/handlers.ts';
import * as heldUpdates from './held-updates/handlers.ts';
import * as keys from './keys/handlers.ts';
import * as live from './live/handlers.ts';
import * as otlp from './otlp/handlers.ts';
import type { SpanServices } from './otlp/store-spans.ts';
import * as projects from './projects/handlers.ts';
import * as sessions from './sessions/handlers.ts';
import * as settings from './settings/handlers.ts';
import * as views from './views/handlers.ts';

/** What the handlers use, as each noun declares it. */
export type HandlerServices = alerts.AlertServices &
  audit.AuditServices &
  auth.SignInServices &
  deliveries.DeliveryServices &
  destinations.DestinationServices &
  events.EventServices &
  ExploreServices &
  health.HealthServices &
  heldUpdates.HeldUpdateServices &
  keys.KeyServices &
  live.LiveServices &
  SpanServices &
  projects.ProjectServices &
  sessions.SessionServices &
  settings.SettingsServices &
  views.ViewServices;

/** One handler for every operation, under its id; a missing one does not compile. */
export const handlers: { readonly [Id in OperationId]: Handler<Id, HandlerServices> } = {
  ...alerts,
  ...audit,
  ...auth,
  ...deliveries,
  ...destinations,
  ...events,
  ...explore,
  ...health,
  ...heldUpdates,
  ...keys,
  ...live,
  ...otlp,
  ...projects,
  ...sessions,
  ...settings,
  ...views,
};
