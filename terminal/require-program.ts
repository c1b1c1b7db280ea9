import type { Container } from '../emulator/index.ts'
import { ExecError } from './types.ts'

const IN_PATH = /^(?:\/usr)?(?:\/local)?\/s?bin\/([^/]+)$/

/** Fails as runc does when a container has no such program. */
export function requireProgram(container: Container, program: string): void {
  const stat = container.files.stat(program)
  if (!program.includes('/')) {
    if (container.programs.has(program)) return
    throw execError(container, program, `exec: "${program}": executable file not found in $PATH`)
  }
  if (container.programs.has(IN_PATH.exec(program)?.[1] ?? '')) return
  if (stat === undefined) {
    throw execError(container, program, `exec: "${program}": stat ${program}: no such file or directory`)
  }
  if (stat.kind === 'directory' || (stat.mode & 0o111) === 0) {
    throw execError(container, program, `exec: "${program}": permission denied`)
  }
}

function execError(container: Container, program: string, text: string): ExecError {
  const process = execId(`${container.id}/${program}`)
  return new ExecError(
    `error executing command in container: failed to exec in container: failed to start exec "${process}": ` +
      `OCI runtime exec failed: exec failed: unable to start container process: ${text}: unknown`,
  )
}

/** 64 hexadecimal digits, the same each time for the same container and program. */
function execId(text: string): string {
  let hash = 0x811c_9dc5
  let id = ''
  for (let round = 0; id.length < 64; round += 1) {
    for (const character of `${text}${round}`)
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x0100_0193) >>> 0
    id += hash.toString(16).padStart(8, '0')
  }
  return id
}
