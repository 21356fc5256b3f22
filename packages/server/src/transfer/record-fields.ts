import type { JsonObject } from '../domain/json-text.ts';
import { fromEvent, toEvent } from './event-fields.ts';
import { Fields } from './fields.ts';
import type { RecordCounts, TransferLine } from './transfer-record.ts';

/** What names the format in the first line. */
const formatName = 'honeyhive-export';
/** Raised when a file of the new form would be misread by older versions. */
export const formatVersion = 1;

type Line<Type extends TransferLine['type']> = Extract<TransferLine, { type: Type }>;

/** How one kind of line is written and read. */
interface Shape<Type extends TransferLine['type']> {
  write(line: Line<Type>): JsonObject;
  /** @throws {TypeError} naming the field that is wrong */
  read(fields: Fields): Line<Type>;
}

const shapes: { readonly [Type in TransferLine['type']]: Shape<Type> } = {
  header: {
    write: ({ header }) => ({
      format: formatName,
      version: formatVersion,
      scope: header.scope,
      written_by: header.writtenBy,
      created_at: header.createdAt,
    }),
    read: readHeader,
  },
  organisation: {
    write: ({ id }) => ({ id }),
    read: (fields) => ({ type: 'organisation', id: fields.text('id') }),
  },
  project: {
    write: ({ project: { createdAt, updatedAt, ...project } }) => ({
      ...project,
      created_at: createdAt,
      updated_at: updatedAt,
    }),
    read: (fields) => ({
      type: 'project',
      project: {
        id: fields.text('id'),
        name: fields.text('name'),
        description: fields.text('description'),
        type: fields.nullableText('type'),
        metadata: fields.object('metadata'),
        createdAt: fields.integer('created_at'),
        updatedAt: fields.integer('updated_at'),
      },
    }),
  },
  settings: {
    write: ({ projectId, settings, updatedAt }) => ({
      project_id: projectId,
      settings,
      updated_at: updatedAt,
    }),
    read: (fields) => ({
      type: 'settings',
      projectId: fields.text('project_id'),
      settings: fields.objectText('settings'),
      updatedAt: fields.integer('updated_at'),
    }),
  },
  key: {
    write: ({ key, hash }) => ({
      id: key.id,
      name: key.name,
      access: key.access,
      project_id: key.projectId,
      hash,
      created_at: key.createdAt,
      revoked_at: key.revokedAt,
      expires_at: key.expiresAt,
      created_by: key.createdBy,
    }),
    read: (fields) => ({
      type: 'key',
      hash: fields.text('hash'),
      key: {
        id: fields.text('id'),
        name: fields.text('name'),
        access: fields.choice('access', ['full', 'read', 'ingest']),
        projectId: fields.nullableText('project_id'),
        createdAt: fields.integer('created_at'),
        revokedAt: fields.nullableInteger('revoked_at'),
        // Keys of earlier versions did not expire.
        expiresAt: fields.has('expires_at') ? fields.nullableInteger('expires_at') : null,
        createdBy: fields.has('created_by') ? fields.nullableText('created_by') : null,
      },
    }),
  },
  view: {
    write: ({ view }) => ({
      id: view.id,
      project_id: view.projectId,
      content: view.content,
      created_at: view.createdAt,
      updated_at: view.updatedAt,
    }),
    read: (fields) => ({
      type: 'view',
      view: {
        id: fields.text('id'),
        projectId: fields.text('project_id'),
        content: fields.objectText('content'),
        createdAt: fields.integer('created_at'),
        updatedAt: fields.integer('updated_at'),
      },
    }),
  },
  patch: {
    write: ({ patch }) => ({
      project_id: patch.projectId,
      event_id: patch.eventId,
      patch: patch.patch,
      received_at: patch.receivedAt,
    }),
    read: (fields) => ({
      type: 'patch',
      patch: {
        projectId: fields.nullableText('project_id'),
        eventId: fields.text('event_id'),
        patch: fields.objectText('patch'),
        receivedAt: fields.integer('received_at'),
      },
    }),
  },
  event: {
    write: ({ event }) => fromEvent(event),
    read: (fields) => ({ type: 'event', event: toEvent(fields) }),
  },
  end: {
    write: ({ counts }) => ({ counts }),
    read: (fields) => ({ type: 'end', counts: readCounts(new Fields(fields.object('counts'))) }),
  },
};

function readHeader(fields: Fields): Line<'header'> {
  fields.choice('format', [formatName]);
  const version = fields.integer('version');
  if (version !== formatVersion) {
    throw new TypeError(
      `the file has version ${version} of the format, this honeyhive reads version ${formatVersion}: import it with the honeyhive that wrote it, or a newer one`,
    );
  }
  return {
    type: 'header',
    header: {
      scope: fields.choice('scope', ['installation', 'project']),
      writtenBy: fields.text('written_by'),
      createdAt: fields.integer('created_at'),
    },
  };
}

export const readCounts = (fields: Fields): RecordCounts => ({
  organisation: fields.integer('organisation'),
  project: fields.integer('project'),
  settings: fields.integer('settings'),
  key: fields.integer('key'),
  // Earlier versions wrote no views, and did not count them.
  view: fields.has('view') ? fields.integer('view') : 0,
  patch: fields.integer('patch'),
  event: fields.integer('event'),
});

/** The shape of a kind of line; null for a kind that does not exist. */
export const readFields = (type: string, data: unknown): TransferLine | null =>
  isType(type) ? shapes[type].read(new Fields(data)) : null;

const isType = (type: string): type is TransferLine['type'] => Object.hasOwn(shapes, type);

/** The fields of a line. */
export function writeFields<Type extends TransferLine['type']>(line: Line<Type>): JsonObject {
  const shape: Shape<Type> = shapes[line.type];
  return shape.write(line);
}
