import type { HandlerServices } from './handlers.ts';
import type { HttpServices } from './http/http-services.ts';

/** Everything that answering a request may use, made once. */
export type Services = HandlerServices & HttpServices;
