import { describe, expect, it } from 'vitest'
import { Lab, NODE01 } from './testing/lab.ts'

const SITE = '/etc/nginx/conf.d/default.conf'

/** nginx with one site (or a whole nginx.conf), as a ConfigMap brings it. */
function withSite(text: string, lab = new Lab(), path = SITE) {
  const container = lab.pod({ name: 'web', files: { [path]: text } })
  lab.run(1000)
  const address = lab.pods.at(-1)?.status?.podIP ?? ''
  const get = (path = '/', headers: readonly (readonly [string, string])[] = []) =>
    lab.network.fetch(NODE01, `http://${address}${path}`, { headers }).response
  return { container, get, log: () => container.logs.map((line) => line.text).join('\n') }
}

describe('nginx with a configuration of the learner', () => {
  it.each([
    ['server { listen 80; fooo bar; }', `unknown directive "fooo" in ${SITE}:1`],
    ['server { listen 80\n root /x; }', `invalid parameter "root" in ${SITE}:1`],
    ['server { listen 80; location / { root /x }\n}', `unexpected "}" in ${SITE}:1`],
    ['server { listen 80;', `unexpected end of file, expecting "}" in ${SITE}:1`],
    ['location / { root /x; }', `"location" directive is not allowed here in ${SITE}:1`],
    [
      'server {\n location / {\n  proxy_pass http://nosuch:8080;\n }\n}',
      `host not found in upstream "nosuch:8080" in ${SITE}:3`,
    ],
    ['upstream b { server nosuch; }', `host not found in upstream "nosuch" in ${SITE}:1`],
    ['server { location / { proxy_pass nosuch; } }', `invalid URL prefix in ${SITE}:1`],
    [
      'server { listen 443 ssl; ssl_certificate /tls/a.crt; ssl_certificate_key /tls/a.key; }',
      'cannot load certificate "/tls/a.crt": BIO_new_file() failed',
    ],
  ])('does not start by %j', (text, why) => {
    const { container, log } = withSite(text)
    expect(container.state).toMatchObject({ kind: 'exited', exitCode: 1 })
    expect(log()).toContain(`nginx: [emerg] ${why}`)
  })

  it('does not start by an nginx.conf without events, and says that its site is another', () => {
    expect(withSite('http { }', new Lab(), '/etc/nginx/nginx.conf').log()).toContain(
      'nginx: [emerg] no "events" section in configuration',
    )
    expect(withSite('server { listen 80; }').log()).toContain(
      `10-listen-on-ipv6-by-default.sh: info: ${SITE} differs from the packaged version`,
    )
  })

  it('nginx -t says whether a configuration would do', () => {
    const { container } = withSite('server { listen 80; }')
    expect(container.run(['nginx', '-t'])).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('nginx: configuration file /etc/nginx/nginx.conf test is successful\n'),
    })
    container.files.write(SITE, 'server { lisen 80; }')
    expect(container.run(['nginx', '-t'])).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(
        /nginx: \[emerg\] unknown directive "lisen" in .*:1\nnginx: configuration file \/etc\/nginx\/nginx\.conf test failed\n$/,
      ),
    })
  })

  it('takes exact, prefix and regular locations in their order', () => {
    const one = (match: string, text: string) => `location ${match} { return 200 "${text}"; }`
    const { get } = withSite(
      `server { listen 80; ${one('/', 'root')} ${one('/img', 'img')} ${one('^~ /static', 'static')} ${one('= /exact', 'exact')} ${one('~ \\.php$', 'php')} ${one('~* \\.PNG$', 'png')} }`,
    )
    const bodies = ['/x', '/img/a', '/img/a.php', '/static/a.php', '/exact', '/exact/x', '/a.png'].map(
      (path) => get(path)?.body,
    )
    expect(bodies).toEqual(['root', 'img', 'php', 'static', 'exact', 'root', 'png'])
  })

  it('chooses servers by name, rewrites, tries files, adds headers and shows error pages', () => {
    const { get } = withSite(`
      server { listen 80 default_server; return 200 "default"; }
      server { listen 80; server_name *.shop.example; return 200 "star $host"; }
      server {
        listen 80; server_name app.example; root /usr/share/nginx/html; index index.html;
        add_header X-Own yes; error_page 404 /50x.html;
        rewrite ^/old/(.*)$ /new/$1 permanent;
        location /spa { try_files $uri $uri/ /index.html; }
        location /api { rewrite ^/api/(.*)$ /$1 break; return 200 "$uri"; }
        location /gone { return 410; }
      }`)
    const at = (host: string, path: string) => get(path, [['Host', host]])
    expect([at('x', '/')?.body, at('a.shop.example', '/')?.body]).toEqual(['default', 'star a.shop.example'])
    expect(at('app.example', '/spa/deep')?.body).toContain('Welcome to nginx!')
    expect(at('app.example', '/old/a')).toMatchObject({ status: 301 })
    expect(at('app.example', '/old/a')?.headers).toContainEqual(['Location', 'http://app.example/new/a'])
    expect(at('app.example', '/')?.headers).toContainEqual(['X-Own', 'yes'])
    expect(at('app.example', '/nosuch')).toMatchObject({
      status: 404,
      body: expect.stringContaining('An error occurred.'),
    })
    expect(at('app.example', '/gone')?.status).toBe(410)
  })

  it('proxies to an upstream of several, with headers, and says 502 where it is refused', () => {
    const lab = new Lab()
    for (const name of ['a', 'b']) lab.pod({ name, image: 'traefik/whoami', args: ['--name', name] })
    const { get, log } = withSite(
      `upstream all { server 10.244.1.2; server 10.244.1.3; }
       server { listen 80; location / { proxy_pass http://all; proxy_set_header Host $host; proxy_set_header X-Real-IP $remote_addr; } location /dead { proxy_pass http://10.244.1.2:81/; } }`,
      lab,
    )
    const seen = new Set<string>()
    for (let turn = 0; turn < 4; turn += 1) {
      lab.run(1)
      seen.add(/^Name: (\w)/.exec(get('/x')?.body ?? '')?.[1] ?? '')
    }
    expect(seen).toEqual(new Set(['a', 'b']))
    expect(get('/x', [['Host', 'shop.example']])?.body).toMatch(/Host: shop\.example\n[\s\S]*X-Real-IP: /)
    expect(get('/dead')?.status).toBe(502)
    expect(log()).toMatch(
      /connect\(\) failed \(111: Connection refused\) while connecting to upstream, client: .*, upstream: "http:\/\/10\.244\.1\.2:81\/", host: /,
    )
  })

  it('fills its templates from the environment, and needs to write where it works', () => {
    const lab = new Lab()
    const templates = {
      '/etc/nginx/templates/default.conf.template': 'server { listen $PORT; return 200 "$NAME $host"; }',
    }
    const env = [
      ['PORT', '8080'],
      ['NAME', 'blue'],
    ] as const
    lab.pod({ name: 'web', env, files: templates })
    expect(lab.network.fetch(NODE01, 'http://10.244.1.2:8080').response?.body).toBe('blue 10.244.1.2')
    const tight = lab.pod({ name: 'tight', readOnlyRoot: true })
    expect(tight.logs.at(-1)?.text).toContain(
      'nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)',
    )
    const mortal = lab.pod({ name: 'mortal', user: { uid: 1000, gid: 1000, groups: [] } })
    expect(mortal.logs.at(-1)?.text).toContain('mkdir() "/var/cache/nginx/client_temp" failed (13: Permission denied)')
    const fitting = lab.pod({
      name: 'fitting',
      image: 'nginxinc/nginx-unprivileged',
      user: { uid: 101, gid: 101, groups: [] },
    })
    expect(fitting.listeners.map(({ port }) => port)).toEqual([8080])
  })

  it('says that it was stopped, and how to the last', () => {
    const lab = new Lab()
    const nginx = lab.pod({ name: 'web' })
    lab.runtime.stop(nginx.id, 30_000)
    lab.run(200)
    expect(nginx.logs.slice(-7).map(({ text }) => text.slice(31))).toEqual(
      [
        'signal 3 (SIGQUIT) received, shutting down',
        'gracefully shutting down',
        'exiting',
        'exit',
        'signal 17 (SIGCHLD) received from 29',
        'worker process 29 exited with code 0',
        'exit',
      ].map((line) => expect.stringContaining(line)),
    )
  })
})
