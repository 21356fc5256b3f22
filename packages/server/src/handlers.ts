import type { OperationId } from 'honeyhive-wire';
import * as charts from './events/charts.ts';
import * as lists from './events/lists.ts';
import * as events from './events/handlers.ts';
import { exploreDelete } from './explore/delete-many.ts';
import { exploreEvent, exploreEventPart } from './explore/event-detail.ts';
import { exploreDifferences } from './explore/differences.ts';
import { exploreDurations } from './explore/durations.ts';
import { exploreFields, exploreValues } from './explore/fields.ts';
import { exploreFind } from './explore/find.ts';
import { exploreRetention } from './explore/retention-estimate.ts';
import { exploreGroups } from './explore/groups.ts';
import { exploreRows } from './explore/rows.ts';
import { exploreSkeleton } from './explore/skeleton.ts';
import { exploreChart, exploreHistogram } from './explore/time-charts.ts';
import * as views from './views/handlers.ts';
import type { Handler } from './calls/handler.ts';
import { exploreOnboarding, exploreSessionTail, exploreTail } from './live/live-handlers.ts';
import * as health from './health/handlers.ts';
import { exportTraces } from './otlp/handlers.ts';
import * as heldUpdates from './held-updates/handlers.ts';
import { listAudit } from './audit/handlers.ts';
import * as keys from './keys/handlers.ts';
import * as projects from './projects/handlers.ts';
import * as sessions from './sessions/handlers.ts';
import * as settings from './settings/handlers.ts';
import * as signIn from './auth/handlers.ts';

/** One handler for every operation; a missing one does not compile. */
export type Handlers = { readonly [Id in OperationId]: Handler<Id> };

export const handlers: Handlers = {
  getHealth: health.getHealth,
  getReadiness: health.getReadiness,
  startSession: sessions.startSession,
  createSession: sessions.createSession,
  addSessionTraces: sessions.addSessionTraces,
  addSessionEvents: sessions.addSessionEvents,
  getSession: sessions.getSession,
  getSessionTree: sessions.getSessionTree,
  deleteSession: sessions.deleteSession,
  createEvent: events.createEvent,
  createEventStrict: events.createEventStrict,
  updateEvent: events.updateEvent,
  updateEventById: events.updateEventById,
  getEvent: events.getEvent,
  deleteEvent: events.deleteEvent,
  listEvents: lists.listEvents,
  exportEvents: lists.exportEvents,
  searchEvents: lists.searchEvents,
  createEventBatch: events.createEventBatch,
  createEventBatchStrict: events.createEventBatchStrict,
  createModelEvent: events.createModelEvent,
  createModelEventBatch: events.createModelEventBatch,
  getEventsChart: charts.getEventsChart,
  getEventsSchema: charts.getEventsSchema,
  listProjects: projects.listProjects,
  createProject: projects.createProject,
  updateProject: projects.updateProject,
  deleteProject: projects.deleteProject,
  getProject: projects.getProject,
  updateProjectById: projects.updateProjectById,
  deleteProjectById: projects.deleteProjectById,
  createWorkspaceProject: projects.createWorkspaceProject,
  getProjectRecord: projects.getProjectRecord,
  updateProjectRecord: projects.updateProjectRecord,
  deleteProjectRecord: projects.deleteProjectRecord,
  getProjectSettings: settings.getProjectSettings,
  updateProjectSettings: settings.updateProjectSettings,
  exportTraces,
  exploreRows,
  exploreSkeleton,
  exploreDifferences,
  exploreTail,
  exploreSessionTail,
  exploreOnboarding,
  exploreFind,
  exploreFields,
  exploreValues,
  exploreRetention,
  exploreHistogram,
  exploreChart,
  exploreGroups,
  exploreDurations,
  exploreEvent,
  exploreEventPart,
  exploreDelete,
  listViews: views.listViews,
  saveView: views.saveView,
  deleteView: views.deleteView,
  listKeys: keys.listKeys,
  createKey: keys.createKey,
  revokeKey: keys.revokeKey,
  listAudit,
  countHeldUpdates: heldUpdates.countHeldUpdates,
  deleteHeldUpdates: heldUpdates.deleteHeldUpdates,
  signIn: signIn.signIn,
  signInWithCode: signIn.signInWithCode,
  getSignIn: signIn.getSignIn,
  signOut: signIn.signOut,
};
