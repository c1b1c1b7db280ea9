import { networkCommand } from './network-command.ts'

/** bind's nslookup on machines, busybox's in Pods that have it. */
export const nslookup = networkCommand('nslookup', 'Query DNS servers')
