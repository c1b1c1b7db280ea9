# fails: tcp
cat > edit.sh <<'EOF'
sed -i 's/^  ports:$/  ports:\n  - { name: dns, port: 53, targetPort: ${target}, protocol: UDP }/; s/^  - port: 53$/  - name: dns-tcp\n    port: 53/' $1
EOF
KUBE_EDITOR="sh edit.sh" kubectl edit service ${app}
