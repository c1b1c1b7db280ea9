import type { ContainerProcess } from '../node/programs/program.ts'

/** The Pod's address as its /etc/hosts tells it. */
export function ownAddress(process: ContainerProcess): string {
  for (const line of (process.files.read('/etc/hosts') ?? '').split('\n')) {
    const [address, ...names] = line.trim().split(/\s+/)
    if (address !== undefined && names.includes(process.hostname)) return address
  }
  return '127.0.0.1'
}
