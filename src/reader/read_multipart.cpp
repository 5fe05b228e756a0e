#include "reader/read_multipart.h"

#include <fmt/format.h>

#include <optional>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "reader/body_file.h"
#include "reader/key_tables.h"
#include "reader/request_headers.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

struct FileDraft {
  bool is_named = false;  // `file` is there, right or wrong.
  std::optional<std::string> content;
  std::string file, type, name;
};

// A text that stands in a line of its part's head.
void read_line(const Field& field, std::string& line) {
  auto text = read_text(field);
  if (!text || !is_constant(field.value(), "the head of a part", field.draft)) return;
  if (is_one_line(field.value(), field.draft)) line = std::move(*text);
}

void read_file(const Field& field, FileDraft& draft) {
  draft.is_named = true;
  draft.content = read_body_file(field);
  draft.file = field.value().text;
}
void read_type(const Field& field, FileDraft& draft) { read_line(field, draft.type); }
void read_name(const Field& field, FileDraft& draft) { read_line(field, draft.name); }

constexpr std::array<Key<FileDraft>, 3> kFileKeys{{
    {{"file", "a path of a file", "", "What is uploaded, beside the plan's file.", "file: pic.png"},
     read_file},
    {{"type", "a text", "by the file's extension", "The part's Content-Type.", "type: image/png"},
     read_type},
    {{"name", "a text", "the file's own", "The name under which it is uploaded.",
      "name: other.png"},
     read_name},
}};

// As browsers write names there (HTML, "multipart form data"): RFC 7578 leaves it open.
std::string quoted(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') {
      out += "%22";
    } else if (c == '\r' || c == '\n') {
      out += c == '\r' ? "%0D" : "%0A";
    } else {
      out += c;
    }
  }
  return out + '"';
}

struct Part {
  std::string head;
  plan::Template content;
};

class MultipartReader {
 public:
  MultipartReader(const plan::Names& names, Draft& draft) : names_(names), draft_(draft) {}

  Multipart read(const YamlNode& map) {
    for (const Entry& entry : map.entries) add(entry);
    return joined();
  }

 private:
  void add(const Entry& entry) {
    is_constant(scalar_of_key(entry), "names", draft_);
    const std::string head = "Content-Disposition: form-data; name=" + quoted(entry.key);
    if (entry.value.kind == YamlNode::Kind::map) {
      add_file(entry.value, head);
    } else {
      parts_.push_back({head + "\r\n", compile(entry, TextKind::body, names_, draft_)});
    }
  }

  void add_file(const YamlNode& map, const std::string& head) {
    FileDraft found;
    read_object(map, "a file", kFileKeys, found, draft_);
    if (!found.is_named) {
      draft_.problems.add(map.span, "the part names no file", "for example { file: pic.png }");
    }
    if (!found.content) return;
    if (found.name.empty()) found.name = found.file.substr(found.file.rfind('/') + 1);
    if (found.type.empty()) found.type = content_type_of(found.file);
    Part part{fmt::format("{}; filename={}\r\nContent-Type: {}\r\n", head, quoted(found.name),
                          found.type),
              {}};
    part.content.append(*found.content);
    files_ += *found.content;
    parts_.push_back(std::move(part));
  }

  // The boundary comes from what it bounds, so that it is the same in every run and
  // stands in none of the parts.
  Multipart joined() {
    std::string all;
    for (const Part& part : parts_) all += part.head + part.content.source();
    Multipart made{{}, "loadgate-" + fingerprint_of(all), std::move(files_)};
    for (const Part& part : parts_) {
      made.body.append(fmt::format("--{}\r\n{}\r\n", made.boundary, part.head));
      made.body.append(part.content);
      made.body.append("\r\n");
    }
    made.body.append(fmt::format("--{}--\r\n", made.boundary));
    return made;
  }

  const plan::Names& names_;
  Draft& draft_;
  std::vector<Part> parts_;
  std::string files_;
};

}  // namespace

Multipart read_multipart(const Field& field, const plan::Names& names) {
  if (!expect(field, YamlNode::Kind::map)) return {};
  if (field.value().entries.empty()) {
    field.complain("the body has no parts", fmt::format("for example {}", field.key.example));
  }
  return MultipartReader(names, field.draft).read(field.value());
}

KeyTexts part_keys() { return texts_of(kFileKeys); }

}  // namespace loadgate::reader
