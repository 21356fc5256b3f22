/** The seven free-form objects of an event. */
export const bucketNames = [
  'config',
  'inputs',
  'outputs',
  'metadata',
  'metrics',
  'feedback',
  'user_properties',
] as const;

export type BucketName = (typeof bucketNames)[number];
