#pragma once

// The variables and captures of a plan, each with a slot: its index into the values a
// user carries; and the names of its data. Made while the plan is read, immutable afterwards.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loadgate::plan {

// The names a template may use. Their order is the order of Scope::variables.
class Names {
 public:
  // The slot of `name`, made if new.
  std::size_t declare(std::string_view name);
  // The slot, or npos.
  std::size_t find(std::string_view name) const;
  std::size_t size() const { return names_.size(); }
  const std::vector<std::string>& all() const { return names_; }

  // The same slots, but only the names in `visible` can be found: what one scenario may
  // use, whose users never hold another scenario's captures.
  Names only(std::span<const std::string> visible) const;

  // Data is found by {{ data.NAME }} and {{ data.NAME.column }}, in the order of
  // Plan::data.
  struct DataNames {
    std::string name;
    std::vector<std::string> columns;
    bool is_known = true;  // False: its file is wrong, which is said already; any column will do.
  };
  void declare_data(DataNames data) { data_.push_back(std::move(data)); }
  const std::vector<DataNames>& data() const { return data_; }

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

 private:
  std::vector<std::string> names_;
  std::vector<DataNames> data_;
};

// Letters, digits and "_", not beginning with a digit, and no word of the language.
bool is_variable_name(std::string_view name);

}  // namespace loadgate::plan
