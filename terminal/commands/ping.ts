import { networkCommand } from './network-command.ts'

/** iputils' ping on machines, busybox's in Pods that have it. */
export const ping = networkCommand('ping', 'Send ICMP echo requests')
