import type { Handler } from '../calls/handler.ts';
import type { HeldPatchStore } from './held-patch-store.ts';

export interface HeldUpdateServices {
  readonly metadata: Pick<HeldPatchStore, 'measureHeldPatches' | 'deleteHeldPatches'>;
}

export const countHeldUpdates: Handler<'countHeldUpdates', HeldUpdateServices> = async (
  call,
  { metadata },
) => {
  const project = await call.access.project(call.params.project_id);
  return (await metadata.measureHeldPatches()).of(project.id);
};

export const deleteHeldUpdates: Handler<'deleteHeldUpdates', HeldUpdateServices> = async (
  call,
  { metadata },
) => {
  const project = await call.access.project(call.params.project_id);
  return { success: true, deleted: await metadata.deleteHeldPatches(project.id) };
};
