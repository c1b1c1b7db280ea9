import { networkCommand } from './network-command.ts'

/** bind's dig. */
export const dig = networkCommand('dig', 'Look up names in DNS')
