import { z } from 'zod';

/** The project of a question that has no body. */
export const projectText = z.string().optional().meta({
  description: 'Project name or id; ignored when the key is bound to a project.',
});
