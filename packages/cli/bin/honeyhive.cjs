#!/usr/bin/env node
'use strict';
// Queries of the event store and file access share one pool of threads, whose size is read when its first thread
// starts. Loading an ES module starts it, so this file is CommonJS.
process.env.UV_THREADPOOL_SIZE ??= '16';
void import('../dist/main.js');
