import { z } from 'zod';
import { limits } from 'honeyhive-facts';

// One pattern for both rules: two of them would be an `allOf`, which the client's reader of schemas does not follow.
const projectName = z
  .string()
  .min(1)
  .max(limits.projectNameChars)
  .regex(/^(?!(?:\.|%(?:25)*2[eE]){1,2}$)(?=[\s\S]*\S)/, 'must not be blank, "." or ".."')
  .meta({ description: 'Unique name of the project.' });
const description = z
  .string()
  .max(10_000)
  .nullish()
  .meta({ description: 'Free text. Default empty.' });
const type = z.string().max(64).nullish().meta({ description: '`evaluation` or `completion`.' });

/** A project to create; unknown keys are kept in `metadata`. Source: docs/contract.md, "Projects". */
export const projectIn = z
  .looseObject({ name: projectName, description, type })
  .meta({ id: 'ProjectInput', description: 'A project to create.' });

/** Changes to a project that is named in the body. Source: docs/contract.md, "Projects". */
export const projectPatch = z
  .looseObject({
    project_id: z.string().nullish().meta({ description: 'Which project, by id.' }),
    name: projectName.nullish(),
    new_name: projectName.nullish(),
    description,
    type,
  })
  .meta({ id: 'ProjectUpdate', description: 'Changes to a project.' });

/** Changes to a project that is named in the path. */
export const projectPatchById = z
  .looseObject({ name: projectName.nullish(), description, type })
  .meta({ id: 'ProjectUpdateById', description: 'Changes to a project.' });

/** A stored project. Source: docs/contract.md, "Projects"; extra keys given on create are echoed. */
export const project = z
  .looseObject({
    id: z.string().meta({ description: 'Id of the project.' }),
    name: z.string().meta({ description: 'Unique name of the project.' }),
    description: z.string().meta({ description: 'Free text; empty when none was given.' }),
    type: z.string().optional().meta({ description: '`evaluation` or `completion`.' }),
    org_id: z.string().meta({ description: 'Id of the organisation.' }),
    workspace_id: z
      .string()
      .meta({ description: 'Id of the workspace: that of the organisation.' }),
    metadata: z
      .record(z.string(), z.unknown())
      .meta({ description: 'Extra keys given on create.' }),
    created_at: z.string().meta({ description: 'When the project was created, ISO-8601.' }),
    updated_at: z.string().meta({ description: 'When the project was last changed, ISO-8601.' }),
    event_count: z.number().optional().meta({ description: 'Events, session roots not counted.' }),
    session_count: z.number().optional().meta({ description: 'Sessions.' }),
  })
  .meta({ id: 'Project', description: 'A stored project.' });

/** Settings of a project, as sent: merged into what is stored. Source: docs/contract.md, "Settings". */
export const settingsIn = z
  .looseObject({
    sampling_rate: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .meta({ description: 'Share of sessions to keep, 0 to 1.' }),
    retention_days: z
      .number()
      .int()
      .min(1)
      .max(36_500)
      .nullish()
      .meta({ description: 'Days to keep events; null keeps them for ever.' }),
    alert_thresholds: z
      .looseObject({
        error_rate: z
          .number()
          .min(0)
          .max(1)
          .nullish()
          .meta({ description: 'Share of events with an error, 0 to 1.' }),
        latency_p95: z.number().min(0).nullish().meta({ description: 'Milliseconds.' }),
      })
      .catchall(z.number().nullable())
      .nullish()
      .meta({ description: 'Numbers by name, merged one by one; null removes one.' }),
  })
  .meta({
    id: 'ProjectSettingsInput',
    description: 'Settings to change; other keys are kept as given.',
  });

/** Settings of a project. */
export const settings = z
  .looseObject({
    project: z.string().meta({ description: 'Name of the project.' }),
    sampling_rate: z
      .number()
      .meta({ description: 'Share of sessions to keep, 0 to 1. Default 1.' }),
    retention_days: z.number().nullable().meta({ description: 'null: events are kept for ever.' }),
    alert_thresholds: z.record(z.string(), z.number()).meta({
      description: '`error_rate` 0 to 1, `latency_p95` in milliseconds, and others by name.',
    }),
    updated_at: z.string().meta({ description: 'When the settings were last changed, ISO-8601.' }),
  })
  .meta({ id: 'ProjectSettings', description: 'Settings of a project.' });
