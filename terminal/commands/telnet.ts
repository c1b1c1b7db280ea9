import { networkCommand } from './network-command.ts'

export const telnet = networkCommand('telnet', 'Connect to a port and talk')
