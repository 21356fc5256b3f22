#!/usr/bin/env node
'use strict';
// What is written is for this user alone, whatever the umask of the shell: the event engine has no other means.
process.umask(0o077);
// Queries of the event store and file access share one pool of threads, whose size is read when its first thread
// starts. Loading an ES module starts it, so this file is CommonJS.
process.env.UV_THREADPOOL_SIZE ??= '16';
void import('../dist/main.js');
