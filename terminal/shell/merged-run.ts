import type { Command, CommandContext as LibraryContext } from 'just-bash'
import { decodeBytesToUtf8 } from 'just-bash'
import type { PipelineHost } from './pipeline.ts'
import { CAPTURED, FD } from './streams.ts'

type Result = Awaited<ReturnType<Command['execute']>>

/** Runs a stage of a pipeline whose errors go where its output goes: both in the order in which they are printed. */
export async function runMerged(text: string, library: LibraryContext, host: PipelineHost): Promise<Result> {
  let printed = ''
  const path = host.pipes.lead({
    write(more) {
      printed += more
    },
  })
  const isFed = library.env.get(FD.in) === CAPTURED.in
  try {
    const { stdout, stderr, exitCode } = await host.runText(text, library, {
      env: { [FD.out]: path, [FD.err]: path, [FD.subshell]: '1' },
      stdin: isFed ? decodeBytesToUtf8(library.stdin) : '',
      signal: library.signal ?? new AbortController().signal,
    })
    return { stdout: printed + stdout + stderr, stderr: '', exitCode, stdoutKind: 'text' }
  } finally {
    host.pipes.remove(path)
  }
}
