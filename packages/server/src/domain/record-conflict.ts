/** A record cannot be added: what is there in its place is something else. */
export class RecordConflict extends Error {
  override readonly name = 'RecordConflict';
}
