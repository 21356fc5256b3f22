import { z } from 'zod';
import { limits } from 'honeyhive-facts';

// One pattern for both rules: two of them would be an `allOf`, which the client's schema reader does not support.
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

export type ProjectIn = z.infer<typeof projectIn>;
export type ProjectPatchById = z.infer<typeof projectPatchById>;
export type Project = z.infer<typeof project>;
