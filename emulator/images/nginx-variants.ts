import { defineImage, type ImageDefinition } from '../node/image.ts'
import { nginx } from './nginx.ts'

const site = (port: number, extra = ''): string =>
  `server {\n    listen       ${port};\n    server_name  localhost;\n${extra}\n    location / {\n        root   /usr/share/nginx/html;\n        index  index.html index.htm;\n    }\n}\n`

const variant = (repository: string, own: Partial<ImageDefinition>): ImageDefinition =>
  defineImage({ ...nginx, ...own, repository, files: { ...nginx.files, ...own.files } })

/** What the tutorial of Services puts before the back end `hello`: the name has to be known when nginx starts. */
const FRONT_END = `upstream Backend {\n    server hello;\n}\n\nserver {\n    listen 80;\n\n    location / {\n        proxy_pass http://Backend;\n    }\n}\n`

/** Images that are nginx with another configuration. */
export const nginxVariants: readonly ImageDefinition[] = [
  variant('docker.io/nginxinc/nginx-unprivileged', {
    files: { '/etc/nginx/conf.d/default.conf': site(8080), '/var/cache/nginx': { directory: true, mode: 0o777 } },
  }),
  variant('docker.io/bitnami/nginx', {
    tags: ['latest', /^\d+\.\d+(\.\d+)?(-debian-\d+-r\d+)?$/],
    files: { '/etc/nginx/conf.d/default.conf': site(8080), '/var/cache/nginx': { directory: true, mode: 0o777 } },
  }),
  variant('registry.k8s.io/nginx-slim', { tags: [/^0\.\d{1,2}$/] }),
  variant('registry.k8s.io/e2e-test-images/nginx', { tags: [/^1\.1[45]-\d$/] }),
  variant('public.ecr.aws/nginx/nginx', {}),
  variant('quay.io/nginx/nginx', {}),
  variant('gcr.io/google-samples/hello-frontend', {
    tags: ['1.0'],
    files: { '/etc/nginx/conf.d/default.conf': FRONT_END },
  }),
]
