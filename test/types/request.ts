import type { ApiResponse, HoneyHive, Project, Session } from 'honeyhive';
import type { RequestClient } from 'honeyhive/fetch';
import type { HoneyHiveSync } from 'honeyhive/sync';
import { expectTypeOf } from 'vitest';

declare const client: HoneyHive;
declare const bare: RequestClient;
declare const blocking: HoneyHiveSync;

// The step `types` decides: nothing of this is ever run.
const readSession = (id: string) => client.request('GET', `/v1/sessions/${id}`);
const search = (limit: number) => client.request('post', '/v1/events/search', { json: { limit } });
const readHeld = (id: string) => bare.request('GET', `/v1/projects/${id}/held-updates`);
const readProject = (id: string) => blocking.request('GET', `/projects/${id}`);
const readAny = (method: string, path: string) => client.request(method, path, { json: 1 });
const readUnknown = () => client.request('GET', '/elsewhere', { params: { a: 1 } });
const readWithQuery = () => client.request('GET', '/projects?limit=1');

type Data<Read extends (...parameters: never[]) => unknown> =
  Awaited<ReturnType<Read>> extends {
    data: infer Value;
  }
    ? Value
    : never;

// The answer is that of the operation which serves method and path.
expectTypeOf<Data<typeof readSession>>().toHaveProperty('children');
expectTypeOf<Data<typeof search>>().toHaveProperty('events');
expectTypeOf<Data<typeof readHeld>['count']>().toEqualTypeOf<number>();
expectTypeOf<Data<typeof readProject>>().toEqualTypeOf<Project>();
expectTypeOf<Data<typeof readWithQuery>>().not.toBeUnknown();

// Of what the compiler does not know, it is unknown, as are query and body.
expectTypeOf(readAny).returns.resolves.toEqualTypeOf<ApiResponse>();
expectTypeOf(readUnknown).returns.resolves.toEqualTypeOf<ApiResponse>();

// Body and query are those of the operation.
type Given<Call extends (...parameters: never[]) => unknown> = Parameters<Call>[2];
type KeyInput = Given<typeof client.request<'POST', '/v1/keys'>>;
type SessionOf = Given<typeof client.request<'GET', `/session/${string}`>>;

expectTypeOf<{ json: { name: string; access: 'read' } }>().toExtend<KeyInput>();
expectTypeOf<{ json: { name: number } }>().not.toExtend<KeyInput>();
expectTypeOf<{ timeout: number }>().not.toExtend<KeyInput>();
expectTypeOf<{ params: { project: string }; timeout: number }>().toExtend<SessionOf>();
expectTypeOf<{ params: { projects: string } }>().not.toExtend<SessionOf>();
expectTypeOf<{ json: { name: string } }>().not.toExtend<SessionOf>();

// A route without parameters wins over one that it would fit; parameters do not stand for several segments.
type Schema = Data<typeof client.request<'GET', '/v1/events/schema'>>;
expectTypeOf<Schema>().toHaveProperty('fields');
expectTypeOf<Data<typeof client.request<'GET', '/session/a'>>>().toEqualTypeOf<Session>();
expectTypeOf<
  Awaited<ReturnType<typeof client.request<'GET', '/session/a/b'>>>
>().toEqualTypeOf<ApiResponse>();
