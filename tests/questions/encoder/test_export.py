"""What is checked before the encoder is made, and when it is made again."""

from __future__ import annotations

import pytest

from bot.questions.encoder import export, files


@pytest.fixture
def source(tmp_path, monkeypatch):
    """A model package whose weights are a few bytes, and a graph builder that copies them."""
    folder = tmp_path / "package"
    folder.mkdir()
    for name in export.CHECKSUMS:
        (folder / name).write_text(f"the {name}")
    monkeypatch.setattr(export, "CHECKSUMS", {name: files.sha256(folder / name) for name in export.CHECKSUMS})
    monkeypatch.setattr(export, "write_network", lambda source, target: target.write_text("network"))
    return folder


def test_encoder_is_made_once(tmp_path, source):
    target = tmp_path / "models" / "encoder"
    assert export.export(target, source)
    assert not export.export(target, source)
    assert files.require(target) == target
    assert [path.name for path in target.parent.iterdir()] == ["encoder"]


@pytest.mark.parametrize("name", [files.NETWORK, files.TOKENIZER, files.STAMP])
def test_damaged_encoder_is_made_again(tmp_path, source, name):
    target = tmp_path / "encoder"
    export.export(target, source)
    (target / name).write_text("damaged")
    assert export.export(target, source)


@pytest.mark.parametrize("name", [files.NETWORK, files.TOKENIZER, files.STAMP])
def test_incomplete_encoder_is_made_again(tmp_path, source, name):
    target = tmp_path / "encoder"
    export.export(target, source)
    (target / name).unlink()
    assert export.export(target, source)


def test_every_wrong_or_missing_model_file_is_named(tmp_path, source):
    (source / "model.safetensors").write_text("other weights")
    (source / "vocab.txt").unlink()
    with pytest.raises(export.ModelRefused) as refused:
        export.export(tmp_path / "encoder", source)
    assert "model.safetensors" in str(refused.value)
    assert "vocab.txt" in str(refused.value)
    assert "config.json" not in str(refused.value)
    assert not (tmp_path / "encoder").exists()


def test_missing_package_says_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setattr(export, "PACKAGE", "no_such_package")
    with pytest.raises(export.ModelRefused, match="make setup"):
        export.export(tmp_path / "encoder")
