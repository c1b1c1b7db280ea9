import { type CommandContext, defineCommand, type EditorRequest } from '../types.ts'

export const vi = defineCommand({
  name: 'vi',
  aliases: ['vim', 'view'],
  summary: 'Edit a file in the page’s editor, with Vim’s keys',
  run: (context) => editFile(context, 'vi'),
})

export const nano = defineCommand({
  name: 'nano',
  aliases: ['pico'],
  summary: 'Edit a file in the page’s editor',
  run: (context) => editFile(context, 'nano'),
})

async function editFile(context: CommandContext, tool: EditorRequest['tool']): Promise<number> {
  const { argv, files, cwd, editor, out, err } = context
  const [name = tool] = argv
  const path = argv.slice(1).find((word) => !word.startsWith('-') && !word.startsWith('+'))
  if (editor === undefined) {
    err(`${name}: there is no editor here; write the file with cat > ${path ?? 'FILE'} <<'EOF' instead\n`)
    return 1
  }
  if (path === undefined) {
    err(`${name}: name the file to edit, for example: ${name} pod.yaml\n`)
    return 1
  }
  if (await files.isDirectory(path)) {
    err(`${name}: ${path}: Is a directory\n`)
    return 1
  }
  const old = await files.read(path)
  out(`${path}: open in the editor of this page. Save or close it there to come back here.\n`)
  const absolute = path.startsWith('/') ? path : `${cwd === '/' ? '' : cwd}/${path}`
  const { saved, text } = await editor({ path: absolute, text: old ?? '', tool, readOnly: name === 'view' })
  if (!saved) return 0
  try {
    await files.write(path, text)
  } catch {
    err(`${name}: ${path}: the file cannot be written here\n`)
    return 1
  }
  const lines = text === '' ? 0 : text.replace(/\n$/, '').split('\n').length
  out(`"${path}" ${old === undefined ? '[New] ' : ''}${lines}L, ${Buffer.byteLength(text)}B written\n`)
  return 0
}
