#!/bin/sh
# 不联网安装问报 Installs Wenbao without a network.
# 用法 Usage: sh install.sh [安装目录 folder]    PYTHON=python@PYTHON@ sh install.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-$HOME/wenbao}
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "@PYTHON@")' 2>/dev/null; then
  echo "需要 Python @PYTHON@，而 $python 不是。请安装，或用 PYTHON= 指定：PYTHON=python@PYTHON@ sh install.sh" >&2
  echo "Python @PYTHON@ is needed, and $python is none. Install it, or name it with PYTHON=." >&2
  exit 1
fi
if command -v sha256sum >/dev/null; then
  (cd "$here" && sha256sum --quiet --check SHA256SUMS) || {
    echo "文件在复制中损坏了。请重新复制安装包。A file was damaged on its way: copy the archive again." >&2
    exit 1
  }
fi

"$python" -m venv "$target"
"$target/bin/python" -m pip install --disable-pip-version-check --no-index --find-links "$here/wheels" \
  --requirement "$here/requirements.txt" "wenbao==@VERSION@"

echo "装好了 Installed. 打开应用 Open the app: $target/bin/wenbao app"
