import { networkCommand } from './network-command.ts'

/** GNU wget on machines, busybox's in Pods that have it. */
export const wget = networkCommand('wget', 'Retrieve files over HTTP')
