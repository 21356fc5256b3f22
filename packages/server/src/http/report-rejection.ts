import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { ApiKey, KeyStore } from '../keys/key-store.ts';
import { lazy } from '../lazy.ts';
import { parseKeyId } from '../keys/key-id.ts';
import type { Rejections } from '../live/rejections.ts';
import { shareRecent } from '../recent.ts';
import { callerOf } from './caller-of.ts';
import type { CallerServices } from './caller-of.ts';
import { readContractNames } from './contract-names.ts';
import type { Edge } from './edge.ts';
import { toProblem } from '../calls/problem-response.ts';
import { keyOf } from './request-key.ts';
import { fromFramework } from './send-problem.ts';
import { meansToStore, toRejection } from './to-rejection.ts';

export interface RejectionServices extends CallerServices {
  readonly rejections: Pick<Rejections, 'report'>;
  readonly metadata: Pick<KeyStore, 'listKeys'>;
  readonly clock: Pick<Clock, 'now' | 'monotonicMs'>;
}

export interface ReportRejectionOptions {
  readonly services: RejectionServices;
  readonly edge: Edge;
  readonly openApi: () => unknown;
}

/** Reports a rejection to users who wait for a first event. */
export type ReportRejection = (error: unknown, request: FastifyRequest) => void;

export function createReportRejection(options: ReportRejectionOptions): ReportRejection {
  const { rejections, metadata, clock } = options.services;
  const names = lazy(() => readContractNames(options.openApi()));
  const isKnownName = (name: string): boolean => names().has(name);
  // A flood of wrong keys asks for them once a second.
  const readKeys = shareRecent(
    async () => new Map((await metadata.listKeys()).map((key) => [key.id, key])),
    { keepMs: 1_000, clock },
  );
  /** The key itself may be revoked, expired or wrong: its id says whose it was meant to be. */
  const findKey = async (request: FastifyRequest): Promise<ApiKey | undefined> => {
    const known = keyOf(request);
    const id = parseKeyId(
      /^Bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '')?.[1] ?? '',
    );
    return known ?? (id === null ? undefined : (await readKeys()).get(id));
  };
  const report: (error: unknown, request: FastifyRequest) => Promise<void> = async (
    error,
    request,
  ) => {
    const { method, headers, ip: address, routeOptions } = request;
    const { operation } = routeOptions.config;
    if (!meansToStore({ method, operation })) return;
    const refused = {
      method,
      userAgent: headers['user-agent'],
      operation,
      template: operation === undefined ? '' : toTemplate(routeOptions.url ?? ''),
      isSignedIn: callerOf(request, options).signInToken !== null,
      address,
    };
    const problem = toProblem(fromFramework(error), request.id);
    const key = await findKey(request);
    const rejection = toRejection({ ...refused, key }, problem, { now: clock.now(), isKnownName });
    if (rejection) rejections.report(rejection);
  };
  return (error, request) =>
    void report(error, request).catch((cause: unknown) => {
      request.log.warn({ err: cause }, 'a rejected request could not be reported');
    });
}

/** `/session/:session_id` as the contract writes it. */
const toTemplate = (route: string): string => route.replaceAll(/:(\w+)/g, '{$1}');
