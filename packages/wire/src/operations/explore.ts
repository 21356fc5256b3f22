import { z } from 'zod';
import type { Operation } from '../operation.ts';
import {
  chartQuery,
  exploreChart,
  groupList,
  groupsQuery,
  histogram,
  histogramQuery,
} from '../schemas/explore/chart.ts';
import { rowsPage, rowsQuery } from '../schemas/explore/row.ts';
import { eventDetail, skeleton } from '../schemas/explore/skeleton.ts';
import { deleteMany, deletedMany } from '../schemas/explore/upkeep.ts';

const projectText = z.string().optional().meta({
  description: 'Project name or id; ignored when the key is bound to a project.',
});

/** What the web UI asks. */
export const exploreOperations = {
  exploreRows: {
    id: 'exploreRows',
    method: 'POST',
    paths: ['/v1/explore/rows'],
    tag: 'explore',
    summary: 'A page of sessions or events without their payloads, with previews and sums',
    access: 'read',
    scope: 'project',
    body: rowsQuery,
    response: rowsPage,
    errors: ['not_found'],
    idempotent: true,
    source: 'ours',
  },
  exploreHistogram: {
    id: 'exploreHistogram',
    method: 'POST',
    paths: ['/v1/explore/histogram'],
    tag: 'explore',
    summary: 'How many sessions or events there were over time, and how many of them failed',
    access: 'read',
    scope: 'project',
    body: histogramQuery,
    response: histogram,
    errors: ['not_found'],
    idempotent: true,
    source: 'ours',
  },
  exploreChart: {
    id: 'exploreChart',
    method: 'POST',
    paths: ['/v1/explore/chart'],
    tag: 'explore',
    summary: 'A number over time, for the largest groups and all others, with edges in a time zone',
    access: 'read',
    scope: 'project',
    body: chartQuery,
    response: exploreChart,
    errors: ['not_found'],
    idempotent: true,
    source: 'ours',
  },
  exploreGroups: {
    id: 'exploreGroups',
    method: 'POST',
    paths: ['/v1/explore/groups'],
    tag: 'explore',
    summary: 'Sessions or events by the value of a field, with the sums of each group',
    access: 'read',
    scope: 'project',
    body: groupsQuery,
    response: groupList,
    errors: ['not_found'],
    idempotent: true,
    source: 'ours',
  },
  exploreSkeleton: {
    id: 'exploreSkeleton',
    method: 'GET',
    paths: ['/v1/explore/sessions/{session_id}/skeleton'],
    tag: 'explore',
    summary:
      'The events of a session as columns, without payloads; 304 when `if-none-match` names what is there',
    access: 'read',
    scope: 'project',
    query: z.object({
      project: projectText,
      since: z.string().optional().meta({
        description: '`version` of an earlier answer: only what came or changed after it.',
      }),
    }),
    response: skeleton,
    errors: ['not_found'],
    idempotent: true,
    source: 'ours',
  },
  exploreEvent: {
    id: 'exploreEvent',
    method: 'GET',
    paths: ['/v1/explore/events/{event_id}'],
    tag: 'explore',
    summary: 'An event with the sizes of its parts',
    access: 'read',
    scope: 'project',
    query: z.object({
      project: projectText,
      omit_over: z.string().optional().meta({
        description: 'Bytes; larger buckets are left out. Default: none is.',
      }),
    }),
    response: eventDetail,
    errors: ['not_found'],
    idempotent: true,
    source: 'ours',
  },
  exploreEventPart: {
    id: 'exploreEventPart',
    method: 'GET',
    paths: ['/v1/explore/events/{event_id}/parts/{part}'],
    tag: 'explore',
    summary:
      'The text of a part of an event: a bucket, `error`, or `event` for all of it. JSON as it is stored, but `error` is plain text. Takes `range`',
    access: 'read',
    scope: 'project',
    query: z.object({
      project: projectText,
      download: z.string().optional().meta({ description: '`1`: as a file to save.' }),
    }),
    response: z.unknown(),
    errors: ['not_found', 'invalid_range'],
    idempotent: true,
    source: 'ours',
  },
  exploreDelete: {
    id: 'exploreDelete',
    method: 'POST',
    paths: ['/v1/explore/delete'],
    tag: 'explore',
    summary: 'Delete sessions with all of their events, or events',
    access: 'write',
    scope: 'project',
    body: deleteMany,
    response: deletedMany,
    errors: [],
    idempotent: true,
    source: 'ours',
  },
} as const satisfies Record<string, Operation>;
